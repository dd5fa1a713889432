"""Makers and goods that bear the name of a person: in a column of goods nobody is meant.

Names that ordinary people have as often (Paul Smith, Alexander Wang) are left out.
"""

from __future__ import annotations

import re

BRANDS = re.compile(
    r"(?:calvin klein|ralph lauren|hugo boss|tommy hilfiger|michael kors|tom ford|tom tailor|dr\.? oetker|"
    r"dr\.? martens|dr\.? pepper|dr\.? hauschka|dr\.? scholl\w*|dr\.? beckmann|dr\.? best|yves saint laurent|"
    r"yves rocher|kate spade|tory burch|marc jacobs|donna karan|karl lagerfeld|jack wolfskin|jack daniel'?s?|"
    r"jim beam|johnnie walker|jack jones|jack & jones|est[ée]e lauder|elizabeth arden|helena rubinstein|"
    r"bobbi brown|laura mercier|ben & jerry'?s?|philipp plein|roberto cavalli|giorgio armani|emporio armani|"
    r"vera wang|stella mccartney|vivienne westwood|christian dior|louis vuitton|jimmy choo|alexander mcqueen|"
    r"oscar de la renta|jean paul gaultier|issey miyake|yohji yamamoto|uncle ben'?s|aunt jemima|betty crocker|"
    r"patek philippe|franck muller|daniel wellington|gerry weber|betty barclay|marc o'?polo|esprit|otto kern|"
    r"baldessarini|jil sander|wolfgang joop|anna sui|betsey johnson|vince camuto|sam edelman|steve madden|"
    r"perry ellis|nina ricci|carolina herrera|paco rabanne|max mara|salvatore ferragamo|ermenegildo zegna|"
    r"dolce & gabbana|diane von f[uü]rstenberg|eileen fisher|laura ashley|cath kidston|ted baker|lyle & scott|"
    r"fred perry|henri lloyd|thomas sabo|pierre cardin|guy laroche|martin guitar|johnson & johnson|"
    r"procter & gamble|harley davidson|rolls royce|mercedes benz|李宁|李锦记|李锦記|王老吉|周大福|周生生|"
    r"周大生|张小泉|王麻子|张裕|张一元|王致和|马应龙|陈克明|江小白|温碧泉|林清轩|周黑鸭|李子园|李子柒|金利来|"
    r"鲁花|康师傅|万宝龙|百雀羚|安吉白茶)(?!\w*公司)",
    re.IGNORECASE,
)
