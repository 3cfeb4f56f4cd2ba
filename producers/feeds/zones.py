"""Time zone names as feeds write them, in minutes east of UTC. Ambiguous ones as news feeds mean them: IST is India,
CST and EST are North America, BST is Britain."""

ZONES: dict[str, int] = {
    **{"utc": 0, "gmt": 0, "z": 0, "ut": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "mez": 60},
    **{"mesz": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180, "msk": 180, "мск": 180, "msd": 240, "trt": 180},
    **{"sast": 120, "cat": 120, "eat": 180, "wat": 60, "ast": -240, "irst": 210, "gst": 240, "samt": 240, "azt": 240},
    **{"amt": 240, "get": 240, "pkt": 300, "uzt": 300, "tjt": 300, "tmt": 300, "yekt": 300, "aft": 270, "ist": 330},
    **{"npt": 345, "kgt": 360, "bdt": 360, "almt": 300, "aqtt": 300, "omst": 360, "ict": 420, "wib": 420, "krat": 420},
    **{"novt": 420, "hovt": 420, "hkt": 480, "sgt": 480, "pht": 480, "myt": 480, "awst": 480, "irkt": 480, "ulat": 480},
    **{
        "jst": 540,
        "kst": 540,
        "wit": 540,
        "wita": 480,
        "yakt": 540,
        "acst": 570,
        "acdt": 630,
        "aest": 600,
        "aedt": 660,
    },
    **{"vlat": 600, "magt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "cst": -360, "cdt": -300},
    **{"mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "adt": -180},
    **{"nst": -210, "brt": -180, "art": -180, "clt": -240, "cot": -300, "pet": -300, "vet": -240},
}
