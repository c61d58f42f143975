"""The text that a resident agrees to when asking for help, kept by its name and hash as visits keep theirs.

A text is never changed under its name: what somebody agreed to must be there to be shown. Another text is another name beside it."""

import hashlib

NAME = "sign-up-1"
TEXTS = {
    "sign-up-1": {
        "vi": "Tôi đồng ý để UBND xã và tổ công nghệ số cộng đồng của thôn dùng họ tên, số điện thoại, thôn và việc cần giúp ghi ở trên, "
        "chỉ để liên hệ và đến giúp tôi. Thông tin không đưa cho ai khác, được xóa sau khi xong việc 30 ngày, hoặc ngay khi tôi yêu cầu. "
        "Không đồng ý cũng không mất quyền lợi nào: tôi vẫn được giúp khi đến gặp tổ hoặc UBND xã.",
        "en": "I agree that the commune and my village's digital team use the name, phone number, village and wishes written above, "
        "only to contact and help me. They are given to nobody else and deleted 30 days after the help was given, or as soon as I ask. "
        "I lose nothing if I do not agree: I will be helped all the same when I come to the team or the commune's office.",
    },
}
KEPT_DAYS = 30


def text(language: str) -> str:
    """The present text in a language."""
    return TEXTS[NAME].get(language) or TEXTS[NAME]["vi"]


def given(language: str) -> dict[str, str]:
    """What is kept of the agreement: which text, in which language, and its hash."""
    spoken = language if language in TEXTS[NAME] else "vi"
    return {"text": NAME, "language": spoken, "sha256": hashlib.sha256(text(spoken).encode()).hexdigest()}
