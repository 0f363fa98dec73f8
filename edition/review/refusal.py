"""An act that is refused, with the reason in both languages of the desk."""


class Refusal(Exception):
    """Nothing was changed. `status` is that of the HTTP answer."""

    def __init__(self, zh: str, en: str, status: int = 422) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.status = status
