/* What looks doubtful, in words: to look at again, never a refusal. */

import { _ } from "../words.js";

const WORDS = () => ({
  age_over_115: _("Năm sinh cho tuổi trên 115."),
  birth_year_in_future: _("Năm sinh chưa tới."),
  consent_missing: _("Chưa hỏi nhà có đồng ý không."),
  help_on_absent_person: _("Ghi hỗ trợ cho người không có nhà."),
  many_unknown: _("Hơn nửa số câu là không rõ hoặc không trả lời."),
  name_has_digits: _("Trong tên có chữ số."),
  name_one_word: _("Tên mới có một chữ."),
  name_too_many_words: _("Tên dài hơn sáu chữ."),
  no_head: _("Chưa có ai là chủ hộ."),
  return_in_past: _("Ngày hẹn đã qua."),
  same_person_twice: _("Một người có tên hai lần."),
  two_heads: _("Có hơn một chủ hộ."),
  vneid_without_smartphone: _("Có VNeID nhưng không có điện thoại thông minh."),
});

/** A flag's words. */
export function flagWords(code) {
  return WORDS()[code] ?? code;
}
