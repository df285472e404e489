"""What the invented city depends on: one seed, one day, and the rate of every kind of fault."""

from __future__ import annotations

import datetime as dt

SEED = 20261124
TODAY = dt.date(2026, 11, 24)  # the day on which the city is looked at; nothing in it depends on the clock
LIVE_ON = dt.date(2021, 1, 4)  # the day on which its ledger began; what was older was recorded then
LIVE = dt.datetime(2021, 1, 4, 1, 0, tzinfo=dt.UTC)
BROUGHT = dt.date(2026, 8, 31)  # until here depreciation was brought over from former books; the months after it are posted here
YEARS_BROUGHT = (dt.date(2024, 12, 31), dt.date(2025, 12, 31))  # of which these years' ends are told apart
DEMO_PROVINCE = "34"  # Anhui: the real division code under which the city stands, because that province has a table of its own
CARDS = 60_000  # equipment and furniture in the city of ordinary size
VEHICLES = 600
SMALL = 0.1  # the share of people, rooms, vehicles and cards in the city that tests use

# Share of cards (of the kinds that can have the fault) with each fault. A card has at most one.
CARD_FAULTS = {
    "idle_long": 0.022,  # idle for more than half a year
    "idle_short": 0.008,  # idle, not yet that long
    "over_price": 0.016,  # dearer than the standard of its item
    "scrapped_late": 0.020,  # scrapped after its minimum service life: in order
    "scrapped_early": 0.006,  # scrapped before it
    "to_dispose": 0.008,  # waits for disposal
    "foreign_room": 0.004,  # stands in a room of another unit
    "kept_by_leaver": 0.006,  # in the name of somebody who left or retired
    "transferred": 0.006,  # came from another unit: in order, but has a history
    "handed_over": 0.010,  # went from one person to another: in order
    "no_category": 0.003,  # class missing
    "old_code": 0.004,  # class of the 2013 edition, where the same code means something else
    "no_date": 0.004,  # date of acquisition missing
    "no_cost": 0.003,  # cost of nothing
    "no_place": 0.006,  # place only as text
    "odd_years": 0.006,  # depreciation over fewer years than allowed
    "unbooked": 0.006,  # not in the accounts
    "over_depreciated": 0.001,  # more depreciation than cost
    "lent": 0.004,
    "over_age": 0.050,  # far beyond its service life, still used: in order, but worth knowing
}

QUANTITY_FAULT = 0.05  # of (unit, item) pairs: more pieces than the standard allows
LEFT, RETIRED = 0.03, 0.045  # of all people
UNKNOWN_LEVEL = 0.012  # a post whose level nobody entered
NO_POST = 0.006  # a person without a post
UNSETTLED = 3  # last figure of the staff codes of those without a level who keep things all the same
LEAVER_HOLDS_ROOM = 0.12  # of those who left or retired
ROOM_FAULTS = {
    "over_leader": 0.10,  # of leaders' rooms: larger than the post allows
    "over_shared": 0.03,  # of shared rooms: too large for those in it
    "second_room": 0.05,  # of leaders: another room in the same unit
    "no_area": 0.006,  # usable area missing
    "vacant": 0.05,  # office rooms that nobody uses
}
CONCURRENT = 0.10  # of leaders with a second post elsewhere; every other one has a room there too
UNREGISTERED_TITLE = 0.2  # of buildings without a certificate

VEHICLE_FAULTS = {
    "over_price": 0.05,
    "over_displacement": 0.04,
    "renewed_early": 0.03,  # replaced a vehicle of less than the age for renewal
    "no_purpose": 0.03,
    "no_plate": 0.01,
    "idle": 0.02,
    "scrapped": 0.03,
}
QUOTA_FAULT = 0.12  # of (unit, purpose) pairs: more vehicles than authorised
NO_QUOTA = 0.06  # of pairs: vehicles without any quota
