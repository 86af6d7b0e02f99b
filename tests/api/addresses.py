"""One address for each call, made from what the store holds."""

from __future__ import annotations

from flask.testing import FlaskClient


def first_id(api: FlaskClient, listing: str) -> str:
    return api.get(f"/api/v1/{listing}?limit=1").json["items"][0]["id"]


def addresses(api: FlaskClient) -> dict[str, str]:
    """Call → its address with the API's prefix left out."""
    document = first_id(api, "documents")
    measure = api.get("/api/v1/search?q=住房&k=1").json["hits"][0]["id"]
    return {
        "search": "/search?q=住房&k=5",
        "who": "/who?q=谁负责住房",
        "documents": "/documents",
        "document": f"/documents/{document}",
        "provenance": f"/documents/{document}/facts",
        "conflicts": "/conflicts",
        "corrections": "/corrections",
        "duplicates": "/duplicates?decided=false",
        "duplicate": f"/duplicates/{document}",
        "measure": f"/measures/{measure}",
        "departments": "/departments?generic=false",
        "department": f"/departments/{first_id(api, 'departments')}",
        "systems": "/systems",
        "system": "/systems/housing",
        "instruments": "/instruments?held=false",
        "instrument": f"/instruments/{first_id(api, 'instruments')}",
        "targets": "/targets?limit=20",
        "trace": f"/trace/{document}",
        "compare": "/compare/二政发〔2016〕7号?source=内政发〔2015〕71号",
        "matrix": "/matrix/内政发〔2015〕71号",
        "family": "/family/二政发〔2016〕7号",
        "matters": "/families?title=农民工",
        "spread": "/families/进一步做好为农牧民工服务工作的实施方案",
        "cascade": "/cascade/内政发〔2015〕71号",
        "resolve": "/resolve?name=市住建局&name=内蒙古自治区国土资源厅&place=昆明市",
        "show": f"/show/{measure}",
        "everything": "/search/all?q=欠薪 OR 拖欠&limit=3",
        "why": f"/why?q=住房公积金&id={measure}",
        "figures": "/figures?q=每年培训多少农民工",
        "grounds": "/grounds?q=工伤保险依据什么法律",
        "places": "/places?q=各地的拖欠工资",
        "stats": "/stats",
        "about": "/about",
    }
