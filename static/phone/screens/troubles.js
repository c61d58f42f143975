/* Why something did not go through, in words that say what to do. */

import { _ } from "../words.js";

const WORDS = () => ({
  no_network: _("Chưa có mạng. Cứ làm tiếp; khi có mạng, mở ứng dụng là máy tự gửi."),
  not_ours: _("Mạng này đòi đăng nhập hoặc chặn đường. Thử mở một trang web, hoặc dùng mạng khác."),
  server_down: _("Máy chủ đang bận. Máy sẽ tự thử lại."),
  not_written: _("Máy chủ tạm thời chưa lưu được. Phiếu vẫn ở trong máy; máy sẽ tự thử lại."),
  too_large: _("Phiếu quá lớn, máy chủ không nhận. Vui lòng báo cán bộ xã."),
  unknown_device: _("Máy chủ không còn nhận ra máy này. Xin mã mới của cán bộ rồi đăng ký lại; phiếu trong máy vẫn còn."),
  full: _("Máy hết chỗ nên chưa nhận được danh sách mới. Phiếu đã lưu vẫn còn. Xóa bớt ảnh, video trong máy; đừng xóa dữ liệu của trình duyệt."),
  phone: _("Máy chưa ghi được vào bộ nhớ. Vui lòng xóa bớt ảnh hoặc video."),
  code_unknown: _("Không có mã này. Vui lòng xem lại từng chữ."),
  code_used: _("Mã này đã dùng cho máy khác. Vui lòng xin mã mới."),
  other_commune: _("Máy này còn giữ phiếu của xã khác. Vui lòng gửi hết phiếu cho xã đó, hoặc dùng máy khác."),
  not_a_card: _("Mã này không phải thẻ đăng ký máy của Từng Nhà."),
  code_expired: _("Mã này đã hết hạn. Vui lòng xin mã mới."),
  too_many_requests: _("Thử nhiều lần quá. Vui lòng đợi vài phút."),
  protocol_unknown: _("Ứng dụng trên máy đã cũ. Hãy để máy có mạng rồi mở lại."),
});

// Nothing tries an enrolment again by itself.
const ENROLLING = () => ({
  no_network: _("Chưa có mạng. Nhận máy cần có mạng: vui lòng thử lại ở chỗ có sóng."),
  server_down: _("Máy chủ đang bận. Vui lòng thử lại sau ít phút."),
  not_written: _("Máy chủ tạm thời chưa lưu được. Vui lòng thử lại sau ít phút."),
});

/** What went wrong with an enrolment, in words. */
export function enrolmentTroubleWords(code) {
  return ENROLLING()[code] ?? WORDS()[code] ?? _("Có trục trặc (%(code)s). Vui lòng thử lại sau ít phút.", { code });
}

/** What went wrong, in words. */
export function troubleWords(code) {
  return WORDS()[code] ?? _("Có trục trặc (%(code)s). Máy sẽ tự thử lại.", { code });
}
