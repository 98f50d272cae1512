// Looks at pages in a browser, at several widths, and tells what is not as it should be. It stands in
// a page with `axe`, the text of axe-core, and `pages`, each {name, html}; the messages become the text
// of the element `messages`.

const shows = [{ width: 1280, asksAxe: true }, { width: 390, asksAxe: true }, { width: 360 }];
const messages = [];

function opened(html, width) {
  const frame = document.createElement("iframe");
  frame.style = `width: ${width}px; height: 900px; border: 0`;
  frame.srcdoc = html;
  return new Promise((resolve) => {
    frame.onload = () => resolve(frame);
    document.body.append(frame);
  });
}

// The page is no wider than its window, and no text ends outside but in what scrolls by itself.
function lookForOverflow(page, tell) {
  const root = page.documentElement;
  if (root.scrollWidth > root.clientWidth) tell(`scrolls sideways, ${root.scrollWidth} px wide`);
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || parent.closest(".cuon, .bo-qua, script, style")) continue;
    const range = page.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.left < -0.5 || box.right > root.clientWidth + 0.5) {
      tell(`"${walker.currentNode.data.trim().slice(0, 40)}" goes beyond the page`);
    }
  }
}

// Each text of a chart stands in it, and none lies over another.
function lookAtCharts(page, tell) {
  for (const chart of page.querySelectorAll("svg[role=img]")) {
    const { width, height } = chart.viewBox.baseVal;
    const boxes = [...chart.querySelectorAll("text")].map((text) => [text, text.getBBox()]);
    for (const [text, box] of boxes) {
      if (box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height) {
        tell(`"${text.textContent}" stands outside of the chart "${chart.querySelector("title")?.textContent}"`);
      }
    }
    boxes.forEach(([one, a], index) => {
      for (const [other, b] of boxes.slice(index + 1)) {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        if (across > 0 && down > 0.5) {
          tell(`"${one.textContent}" and "${other.textContent}" lie over each other`);
        }
      }
    });
  }
}

async function lookWithAxe(frame, tell) {
  const script = frame.contentDocument.createElement("script");
  script.textContent = axe;
  frame.contentDocument.head.append(script);
  const found = await frame.contentWindow.axe.run(frame.contentDocument, { resultTypes: ["violations"] });
  for (const violation of found.violations) {
    const target = violation.nodes[0].target.join(" ");
    tell(`axe, ${violation.impact}: ${violation.id}: ${violation.help} (${target})`);
  }
}

(async () => {
  for (const { name, html } of pages) {
    for (const { width, asksAxe } of shows) {
      const tell = (message) => messages.push(`${name} at ${width} px: ${message}`);
      const frame = await opened(html, width);
      lookForOverflow(frame.contentDocument, tell);
      lookAtCharts(frame.contentDocument, tell);
      if (asksAxe) await lookWithAxe(frame, tell);
      frame.remove();
    }
  }
  const answer = document.createElement("pre");
  answer.id = "messages";
  answer.textContent = encodeURIComponent(JSON.stringify({ pages: pages.length, messages }));
  document.body.replaceChildren(answer);
})();
