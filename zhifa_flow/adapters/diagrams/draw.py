"""Drawing a flow: one picture, any of its forms."""

from __future__ import annotations

from collections.abc import Callable

from zhifa_flow.adapters.diagrams.dot import dot_of
from zhifa_flow.adapters.diagrams.figures import figures_of
from zhifa_flow.adapters.diagrams.picture import Picture, picture_of
from zhifa_flow.adapters.diagrams.svg import svg_of
from zhifa_flow.adapters.diagrams.text import text_of
from zhifa_flow.model.errors import InputError, NotFound
from zhifa_flow.model.flow import Flow

FORMATS: dict[str, Callable[[Picture], bytes]] = {
    "svg": svg_of,
    "dot": lambda picture: dot_of(picture, figures_of(picture)).encode(),
    "text": lambda picture: text_of(picture).encode(),
}

#: Known, and refused: whether a font of this machine has every character cannot be vouched for yet.
REFUSED = ("png", "pdf")


def draw(flow: Flow, digest: str, format: str) -> bytes:  # noqa: A002 - the word of the command line
    """The chart of a flow as svg, dot or text, in UTF-8; ``digest`` is the SHA-256 of its file.

    Raises:
        NotFound: there is no such format.
        InputError: png and pdf: characters without a font would silently become empty boxes.
    """
    if format in REFUSED:
        raise InputError([_no_font(format)])
    if format not in FORMATS:
        raise NotFound("图表格式", format, (*FORMATS, *REFUSED))
    return FORMATS[format](picture_of(flow, digest))


def _no_font(format_: str) -> str:
    return (
        f"暂不能直接输出 {format_.upper()}: 位图和 PDF 要把文字画成字形, 本机没有经过核对、覆盖全部汉字的字体时, 缺字会变成空框。"
        "请输出 svg(文字保留为文字), 在装有中文字体(如 Noto Sans CJK SC、思源黑体、微软雅黑)的电脑上用浏览器打开, "
        "打印为 PDF 或者另存为图片"
    )
