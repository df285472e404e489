"""The sentences about single cells, by code."""

from collections.abc import Mapping

from gongjia.importer.words import N_

CELL_MESSAGES: Mapping[str, str] = {
    "error_cell": N_("单元格是错误值 %(value)s。请改正公式或填入数值"),
    "not_a_number": N_("“%(value)s”不是数字"),
    "not_whole": N_("“%(value)s”不是整数"),
    "not_a_date": N_("“%(value)s”不是日期。请写成 2026-11-24"),
    "no_such_month": N_("“%(value)s”的月份不存在"),
    "no_such_day": N_("“%(value)s”这一天不存在"),
    "ambiguous_date": N_("“%(value)s”分不清月和日。请在导入方案里选定日期顺序，或写成 2026-11-24"),
    "year_only": N_("“%(value)s”只有年份。请补上月日，或在导入方案里规定以哪一天代表"),
    "not_a_flag": N_("“%(value)s”应为“是”或“否”"),
    "lost_digits": N_("“%(value)s”是超过 15 位的数字，末几位已被表格软件抹去。请在原表里设成文本后重填"),
    "two_digit_year": N_("“%(value)s”只有两位年份，按 %(read)s 读入"),
    "day_assumed": N_("“%(value)s”没有日，按 %(read)s 读入"),
    "rounded": N_("“%(value)s”按 %(places)s 位小数四舍五入为 %(read)s"),
    "shortened": N_("“%(value)s……”有 %(length)s 个字，已截短"),
    "unknown_reference": N_("找不到“%(value)s”，这一格没有读入"),
    "kept_as_text": N_("%(count)s 行的“%(value)s”等在台账里找不到，只按原文保留"),
    "no_part": N_("“%(value)s”里没有第 %(part)s 段"),
    "duplicate_key": N_("与第 %(first)s 行是同一条记录（%(key)s），内容不同：%(columns)s"),
    "empty_column": N_("整列为空"),
    "frequent_value": N_("%(count)s 行都是“%(value)s”，可能是代填的值"),
    "repeated_column": N_("表头里有两列同名，只用第一列；第 %(nth)s 列没有读入"),
}  # fmt: skip
