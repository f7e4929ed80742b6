"""Large cities by their time zone, as people name them; the zones themselves know only one city each.

The first city of a country is shown first. A name that two countries have stands in both places, so that it is asked.
"""

_CITIES = """
America/Toronto: Toronto, Ottawa, Québec, Mississauga, Brampton, Hamilton, Laval, Gatineau, London, Markham, Vaughan, \
Kitchener, Waterloo, Longueuil, Sherbrooke, Windsor, Oshawa, Barrie, Guelph, Kingston, Sudbury, Trois-Rivières, Lévis
America/Montreal: Montreal
America/Vancouver: Vancouver, Surrey, Burnaby, Victoria, Kelowna, Abbotsford, Nanaimo
America/Edmonton: Edmonton, Calgary, Red Deer, Lethbridge
America/Winnipeg: Winnipeg, Brandon
America/Regina: Regina, Saskatoon
America/Halifax: Halifax, Charlottetown
America/Moncton: Moncton, Fredericton, Saint John
America/St_Johns: St. John's, Newfoundland
America/New_York: New York, Boston, Washington, Philadelphia, Miami, Atlanta, Buffalo
America/Chicago: Chicago, Houston, Dallas, Austin, Minneapolis
America/Denver: Denver, Salt Lake City
America/Los_Angeles: Los Angeles, San Francisco, Seattle, Portland, San Diego
America/Mexico_City: Mexico City, Guadalajara
America/Bogota: Bogota, Medellín, Cali
America/Sao_Paulo: São Paulo, Rio de Janeiro, Brasília
America/Havana: Havana
America/Jamaica: Kingston
America/Port-au-Prince: Port-au-Prince
Europe/London: London, Londres, Manchester, Edinburgh, Glasgow
Europe/Paris: Paris, Lyon, Marseille, Toulouse, Lille, Bordeaux
Europe/Brussels: Brussels, Bruxelles, Antwerp
Europe/Zurich: Zurich, Geneva, Genève, Lausanne
Europe/Berlin: Berlin, Munich, Hamburg, Frankfurt
Europe/Rome: Rome, Milan
Europe/Madrid: Madrid, Barcelona
Europe/Amsterdam: Amsterdam, Rotterdam
Europe/Kyiv: Kyiv, Lviv, Odesa, Kharkiv
Europe/Moscow: Moscow, Saint Petersburg
Africa/Algiers: Algiers, Alger, Oran
Africa/Casablanca: Casablanca, Rabat, Marrakesh
Africa/Tunis: Tunis
Africa/Cairo: Cairo, Le Caire, Alexandria
Africa/Lagos: Lagos, Abuja, Kano
Africa/Accra: Accra, Kumasi
Africa/Nairobi: Nairobi, Mombasa
Africa/Addis_Ababa: Addis Ababa
Africa/Abidjan: Abidjan
Africa/Dakar: Dakar
Africa/Douala: Douala, Yaoundé
Africa/Kinshasa: Kinshasa
Africa/Johannesburg: Johannesburg, Cape Town, Durban, Pretoria
Asia/Kolkata: Mumbai, Delhi, New Delhi, Bangalore, Bengaluru, Chennai, Kolkata, Pune, Amritsar, Ahmedabad
Asia/Karachi: Karachi, Lahore, Islamabad
Asia/Dhaka: Dhaka
Asia/Colombo: Colombo
Asia/Kathmandu: Kathmandu
Asia/Shanghai: Shanghai, Beijing, Pékin, Guangzhou, Shenzhen
Asia/Hong_Kong: Hong Kong
Asia/Manila: Manila, Cebu, Davao
Asia/Ho_Chi_Minh: Ho Chi Minh, Hanoi
Asia/Tehran: Tehran, Isfahan, Mashhad
Asia/Kabul: Kabul
Asia/Damascus: Damascus, Aleppo
Asia/Beirut: Beirut
Asia/Baghdad: Baghdad, Basra
Asia/Amman: Amman
Asia/Dubai: Dubai, Abu Dhabi
Asia/Riyadh: Riyadh, Jeddah
Asia/Jerusalem: Jerusalem, Tel Aviv
Asia/Tokyo: Tokyo, Osaka, Kyoto
Asia/Seoul: Seoul, Busan
Europe/Istanbul: Istanbul, Ankara, Izmir
Australia/Sydney: Sydney, Canberra
Australia/Melbourne: Melbourne
"""


def cities() -> list[tuple[str, str]]:
    """List each zone with each of its large cities, in the order in which they are offered."""
    lines = (line.partition(": ") for line in _CITIES.strip().splitlines())
    return [(zone, city) for zone, _, named in lines for city in named.split(", ")]
