"""Opens a workbook in LibreOffice as a user of a country would, calculates it all, and prints its cells as JSON.

Run by the system's own Python, which has UNO: recalculate.py WORKBOOK LOCALE. Fetching from the net is only done for a
document in a trusted place that is told to update its links; both are said here, in a profile made for this once.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">{value}</prop></item>'
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>
"""


def profile(folder: Path, trusted: Path, locale: str) -> None:
    """Write a user's settings: the trusted place and the country."""
    items = [
        (
            "/org.openoffice.Office.Common/Security/Scripting",
            "SecureURL",
            f"<value><it>{trusted.as_uri()}</it></value>",
        ),
        ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", f"<value>{locale}</value>"),
        ("/org.openoffice.Office.Calc/Content/Update", "Link", "<value>0</value>"),
    ]
    (folder / "user").mkdir(parents=True)
    text = PROFILE.format(items="".join(ITEM.format(path=p, name=n, value=v) for p, n, v in items))
    (folder / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def desktop(pipe: str, seconds: float = 60):  # type: ignore[no-untyped-def]
    """Return the running office's desktop."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + seconds
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def cells(document):  # type: ignore[no-untyped-def]
    """Return every cell that has something in it: its number, what is shown, its error and its formula."""
    found = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        for row in range(last.EndRow + 1):
            for column in range(last.EndColumn + 1):
                cell = sheet.getCellByPosition(column, row)
                if cell.String or cell.Formula:
                    name = f"{sheet.Name}!{chr(65 + column)}{row + 1}"
                    found[name] = {
                        "value": cell.Value, "text": cell.String, "error": cell.getError(), "formula": cell.Formula,
                    }  # fmt: skip
    return found


def main() -> None:
    """Calculate the workbook and print it."""
    workbook, locale = Path(sys.argv[1]).absolute(), sys.argv[2]
    with tempfile.TemporaryDirectory(prefix="ark-") as place:
        profile(Path(place) / "profil", workbook.parent, locale)
        pipe = Path(place).name
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;",
             f"-env:UserInstallation={(Path(place) / 'profil').as_uri()}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            running = desktop(pipe)
            given = (PropertyValue("Hidden", 0, True, 0), PropertyValue("UpdateDocMode", 0, 3, 0))
            document = running.loadComponentFromURL(workbook.as_uri(), "_blank", 0, given)
            document.calculateAll()
            print(json.dumps({"locale": document.CharLocale.Country, "cells": cells(document)}))
            document.close(True)
            running.terminate()
            office.wait(30)
        finally:
            office.kill()


main()
