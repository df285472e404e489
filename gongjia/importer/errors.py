"""The one error of the reading layer: which file, which sheet, what is wrong, and how to mend it."""

from collections.abc import Callable, Mapping

from gongjia.importer.words import N_

REASONS: Mapping[str, tuple[str, str]] = {
    "missing": (N_("找不到这个文件"), N_("请核对文件的位置和名称")),
    "empty_file": (N_("文件是空的（0 字节）"), N_("请重新导出或重新下载后再传")),
    "too_big": (N_("文件有 %(size)s MB，超过 %(limit)s MB 的上限"), N_("请按单位或年度拆成几个文件")),
    "too_many_cells": (N_("表格展开后单元格太多（%(cells)s）"), N_("请删去表格以外的空行空列，或拆成几个文件")),
    "zip_bomb": (N_("压缩包展开后有 %(size)s MB，不像正常的表格"), N_("请在表格软件中打开后另存为 .xlsx 再传")),
    "too_slow": (N_("读取超过 %(seconds)s 秒，已停止"), N_("请在表格软件中打开后另存为 .xlsx 再传")),
    "password": (N_("文件有打开密码"), N_("请在表格软件中去掉密码后再传")),
    "broken": (N_("文件已损坏，无法读出表格（%(detail)s）"), N_("请在表格软件中打开后另存为 .xlsx 再传")),
    "old_excel": (N_("这是 Excel 4.0 或更早的格式"), N_("请在表格软件中打开后另存为 .xlsx 再传")),
    "web_archive": (N_("这是网页归档（MHTML），不是表格"), N_("请在表格软件中打开后另存为 .xlsx 再传")),
    "not_spreadsheet": (N_("这是%(what)s，不是表格"), N_("请传 XLSX、XLSM、XLS、XLSB、ODS、CSV 或 TSV 文件")),
    "html_without_table": (N_("这是网页，里面没有表格"), N_("请把数据另存为 .xlsx 或 .csv 再传")),
    "no_such_sheet": (N_("没有名为“%(wanted)s”的工作表，有：%(sheets)s"), N_("请改用其中一个名称")),
    "unreadable_sheet": (N_("这张工作表读不出来（%(detail)s）"), N_("请把数据复制到一张新的工作表")),
    "no_table": (N_("没有找到表头和数据行"), N_("请确认第一张有内容的工作表里有一行列名，下面至少有一行数据")),
    "fits_none": (N_("看不出这些列属于哪本台账：%(headers)s"), N_("请重新上传，并选定要导入的台账")),
    "no_ledger": (N_("%(what)s"), N_("这里没有台账收这类记录")),
    "nothing_mapped": (N_("没有一列能对应到“%(target)s”的字段，读到的列名：%(headers)s"), N_("请指定对应关系，或换一个导入方案")),
}  # fmt: skip


class Unreadable(Exception):
    """A file, or a sheet of it, that cannot become a table; the text names file, sheet, reason and remedy."""

    def __init__(self, code: str, file: str, sheet: str = "", **params: object) -> None:
        super().__init__(code, file, sheet)
        self.code, self.file, self.sheet, self.params = code, file, sheet, params

    def message(self, translate: Callable[[str], str] = str) -> str:
        """Return the whole sentence in the language of `translate`."""
        reason, remedy = REASONS[self.code]
        params = {key: translate(str(value)) if key == "what" else value for key, value in self.params.items()}
        place = translate(N_("文件“%(file)s”")) % {"file": self.file}
        if self.sheet:
            place += translate(N_("的工作表“%(sheet)s”")) % {"sheet": self.sheet}
        text = translate(N_("%(place)s：%(reason)s。%(remedy)s。"))
        return text % {"place": place, "reason": translate(reason) % params, "remedy": translate(remedy)}

    def __str__(self) -> str:
        return self.message()
