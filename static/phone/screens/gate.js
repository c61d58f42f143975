/* Where field work may not begin, and what to do instead. Plain markup: this must show in browsers that can't run the app. */

import { _ } from "../words.js";

const WORDS = () => ({
  in_app: {
    title: _("Mở bằng Chrome"),
    lines: [
      _("Trang này đang mở bên trong Zalo, Facebook hoặc một ứng dụng khác. Ở đây phiếu có thể mất."),
      _("Bấm dấu ba chấm ở góc rồi chọn “Mở bằng trình duyệt”, hoặc chép đường dẫn rồi dán vào Chrome."),
    ],
    copy: true,
  },
  in_app_apple: {
    title: _("Mở bằng Safari"),
    lines: [
      _("Trang này đang mở bên trong Zalo, Facebook hoặc một ứng dụng khác. Ở đây phiếu có thể mất."),
      _("Bấm dấu ba chấm ở góc rồi chọn mở bằng Safari, hoặc chép đường dẫn rồi dán vào Safari."),
    ],
    copy: true,
  },
  insecure: {
    title: _("Địa chỉ này chưa an toàn"),
    lines: [_("Ứng dụng chỉ chạy ở địa chỉ bắt đầu bằng https. Vui lòng hỏi cán bộ xã địa chỉ đúng.")],
    copy: false,
  },
  private: {
    title: _("Không dùng cửa sổ ẩn danh"),
    lines: [
      _("Cửa sổ ẩn danh xóa hết phiếu khi đóng lại. Vui lòng mở trang này trong cửa sổ thường của Chrome."),
      _("Nếu đây không phải cửa sổ ẩn danh thì máy gần hết chỗ: xóa bớt ảnh, video, hoặc cài ứng dụng lên màn hình chính rồi mở từ đó."),
    ],
    copy: true,
  },
  install: {
    title: _("Cài lên màn hình chính trước"),
    lines: [
      _("Trên iPhone, iPad: mở bằng Safari, bấm nút Chia sẻ, chọn “Thêm vào MH chính”, rồi mở Từng Nhà từ màn hình chính."),
      _("Sau đó mới nhập mã đăng ký trên thẻ: ứng dụng đã cài không thấy mã nhập ở đây."),
    ],
    copy: false,
  },
  old: {
    title: _("Trình duyệt này cũ quá"),
    lines: [
      _("Cần Chrome 90 hoặc Safari 16.4 trở lên. Vui lòng cập nhật Chrome, hoặc dùng máy khác."),
      _("Chưa có máy khác thì tạm ghi ra giấy và báo cán bộ xã."),
    ],
    copy: false,
  },
});

/** Show the gate in place of the app. */
export function showGate(app, gate) {
  const { title, lines, copy } = WORDS()[gate];
  document.title = `${title} · Từng Nhà`;
  const main = element("main", "", ["gate"]);
  main.append(element("h1", title), ...lines.map((line) => element("p", line)));
  if (copy) main.append(copyButton());
  main.dataset.gate = gate;
  app.replaceChildren(main);
}

function copyButton() {
  const button = element("button", _("Chép đường dẫn"), ["main"]);
  const said = element("p", "", ["hint"]);
  said.setAttribute("role", "status");
  button.type = "button";
  button.addEventListener("click", async () => {
    const done = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    said.textContent = done ? _("Đã chép. Mở trình duyệt rồi dán vào ô địa chỉ.") : location.href;
  });
  const both = element("div", "");
  both.append(button, said);
  return both;
}

function element(name, text, classes = []) {
  const made = document.createElement(name);
  made.textContent = text;
  made.classList.add(...classes);
  return made;
}
