"""A component is drawn again for what it shows, and not for another function; whichever function was given last is the one that is called."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]

DRAWN = """async () => {
  const { html, useState } = await import("/static/phone/html.js");
  const { render } = await import("preact");
  const drawn = [], called = [], here = document.createElement("div");
  let set;
  function Button({ label, onPress }) {
    drawn.push(label);
    return html`<button onClick=${onPress}>${label}</button>`;
  }
  function Screen() {
    const [nth, setNth] = useState(0);
    set = setNth;
    return html`<${Button} label=${nth < 2 ? "Lưu" : "Xong"} onPress=${nth < 3 ? () => called.push(nth) : null} />`;
  }
  render(html`<${Screen} />`, here);
  for (const nth of [0, 1, 2, 3]) {
    set(nth);
    await new Promise((done) => setTimeout(done));
    here.querySelector("button").click();
  }
  return { drawn, called };
}"""


def test_another_function_is_no_reason_to_draw_and_the_last_one_is_called(huong):
    told = huong.page.evaluate(DRAWN)
    assert told["drawn"] == ["Lưu", "Xong", "Xong"]  # the last one because there was no function any more
    assert told["called"] == [0, 1, 2]
