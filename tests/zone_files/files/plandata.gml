<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:pdk="http://geoserver.plandata.dk" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" numberMatched="2" numberReturned="2" xsi:schemaLocation="http://geoserver.plandata.dk https://geoserver.plandata.dk/geoserver/wfs?service=WFS&amp;version=2.0.0&amp;request=DescribeFeatureType&amp;typeName=pdk%3Atheme_pdk_zonekort_vedtaget_v http://www.opengis.net/wfs/2.0 https://schemas.opengis.net/wfs/2.0/wfs.xsd">
  <wfs:member>
    <pdk:theme_pdk_zonekort_vedtaget_v gml:id="theme_pdk_zonekort_vedtaget_v.1">
      <pdk:objektkode>70</pdk:objektkode>
      <pdk:komnr>316</pdk:komnr>
      <pdk:zone>1</pdk:zone>
      <pdk:zonestatus>Byzone</pdk:zonestatus>
      <pdk:geometri>
        <gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::25832" srsDimension="2"><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>667201.989 6174785.149 670344.013 6174907.996 670170.000 6179357.857 667031.181 6179235.078 667201.989 6174785.149</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>
      </pdk:geometri>
    </pdk:theme_pdk_zonekort_vedtaget_v>
  </wfs:member>
  <wfs:member>
    <pdk:theme_pdk_zonekort_vedtaget_v gml:id="theme_pdk_zonekort_vedtaget_v.2">
      <pdk:objektkode>70</pdk:objektkode>
      <pdk:komnr>316</pdk:komnr>
      <pdk:zone>1</pdk:zone>
      <pdk:zonestatus>Byzone</pdk:zonestatus>
      <pdk:geometri>
        <gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::25832" srsDimension="2"><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>670344.013 6174907.996 673486.038 6175030.841 673308.804 6179480.636 670170.000 6179357.857 670344.013 6174907.996</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>
      </pdk:geometri>
    </pdk:theme_pdk_zonekort_vedtaget_v>
  </wfs:member>
</wfs:FeatureCollection>
