"""Rooms have labels at their doors."""

from gongjia.web.labels import declare_labels

declare_labels("offices.room")
