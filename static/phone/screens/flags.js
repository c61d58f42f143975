/* What looks doubtful, in words: to look at again, never a refusal. */

import { _ } from "../words.js";

const NAMES = () => ({
  name_one_word: _("Tên mới có một chữ. Nếu đúng thì cứ để."),
  name_too_many_words: _("Tên dài hơn sáu chữ. Nếu đúng thì cứ để."),
  name_has_digits: _("Trong tên có chữ số."),
});

/** What is doubtful about a name. */
export function nameWords(code) {
  return NAMES()[code] ?? code;
}
