"""Names of people in a text about a place: the usual given names and surnames, which are not shown."""

import re

from sim.geography.names import fold

_GIVEN = """
agnes aksel alice anders andreas ane anita anja ann anna anne annelise annette annie arne asger astrid bente benny bent bettina
birgit birgitte birthe bjarne bo bodil britta brian carl carsten caroline casper cecilie charlotte christian christina claus
conny dorte dorthe edith elin elisabeth ella ellen else elsa emil emilie emma erik ernst esther eva finn flemming frank frede
freja frode gerda gitte grethe gudrun gunnar gunhild hanna hanne hans harald heidi helen helga helge helle henning henriette
henrik henny holger ib ida inga inge ingelise inger irene irma ivan jacob jakob jan jane janne jens jeppe jesper jette johan
johanne johannes john johnny jonas jonna jorgen joergen josefine judith julie jytte kaj kai karen karin karina karl karla karsten kasper
katrine keld kenneth kim kirsten kirstine kjeld klaus knud kristian kristina kurt lars lasse laura leif lena lene linda line lis
lisa lisbeth lise lissi lone lotte louise mads magnus maja malene margit margrethe maria marianne marie martin mathias
merete mette michael mie mikael mikkel minna mogens morten nanna niels nina ninna ole olga oliver oscar otto palle pernille
per peter pia poul preben rasmus rikke rita robert rolf ronnie rosa ruth sanne sara signe simon sine sofie sofia solveig
soren soeren steen steffen sten stine sune susanne svend sven tage thomas thorkild tina tommy torben tove trine ulla ulrik
vagn verner vibeke viggo vilhelm villy vivi ruben yvonne
"""
_SURNAMES = """
andersen andreasen bertelsen carlsen christensen christiansen clausen clemmensen danielsen davidsen eriksen frandsen
frederiksen gregersen hansen henriksen iversen jacobsen jakobsen jensen jeppesen jespersen jessen johannesen johannsen johansen
joergensen jorgensen justesen karlsen knudsen kristensen kristiansen larsen lauridsen lauritsen laursen madsen mathiasen
mathiesen mikkelsen mogensen mortensen moller moeller nielsen nikolajsen nissen olesen olsen ottosen paulsen pedersen petersen
poulsen rasmussen simonsen soerensen sorensen steffensen svendsen svendson thomsen thomassen thorsen thygesen villadsen
"""
_NAMES = frozenset(re.findall("[a-z]+", _GIVEN + _SURNAMES))
NAME = "(navn)"


def without_names(text: str) -> str:
    """Return a text with the usual names of people taken out.

    >>> without_names("Jens Erik Hansen, Tølløse"), without_names("Netto, Tølløse")
    ('(navn), Tølløse', 'Netto, Tølløse')
    """
    shown = re.sub(r"[^\W\d_]+", lambda word: NAME if fold(word[0]) in _NAMES else word[0], text)
    return re.sub(r"\(navn\)(?:[ .]+(?:[^\W\d_]\.? )?\(navn\))+", NAME, shown)
