// Chữ to, nền tối, in; tìm trong trang. Không có tệp này thì mọi trang vẫn đọc được.
"use strict";
(() => {
  const root = document.documentElement;
  const kept = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* only this page then */ } },
  };

  function toggle(id, name, on, off, isOn) {
    const button = document.getElementById(id);
    if (!button) return;
    const show = (value) => {
      if (value) root.dataset[name] = value;
      button.setAttribute("aria-pressed", String(value === on || (!value && isOn())));
    };
    show(kept.get("trang-tin-" + name));
    button.addEventListener("click", () => {
      const value = button.getAttribute("aria-pressed") === "true" ? off : on;
      kept.set("trang-tin-" + name, value);
      show(value);
    });
  }
  toggle("chu-to", "chu", "to", "vua", () => false);
  toggle("nen-toi", "nen", "toi", "sang", () => matchMedia("(prefers-color-scheme: dark)").matches);
  document.getElementById("in-trang")?.addEventListener("click", () => print());
  document.querySelector(".nut")?.removeAttribute("hidden");

  // Searching. A word is looked for by its letters without accents; accents that are typed must be there.
  const form = document.getElementById("tim");
  if (!form) return;
  const input = document.getElementById("tu");
  const status = document.getElementById("tinh-hinh");
  const results = document.getElementById("ket-qua");
  const tones = { "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5" };
  const loaded = new Map();
  const postsInFile = 100;
  const mostShown = 50;

  function load(name) {
    if (!loaded.has(name)) {
      loaded.set(name, fetch(form.dataset.o + name + ".json").then((answer) => {
        if (answer.ok) return answer.json();
        if (answer.status === 404) return null;
        throw new Error(answer.status);
      }));
    }
    return loaded.get(name);
  }

  // The letters without accents, those with their shapes, and the tones.
  function parts(word) {
    let shapes = "";
    let found = "";
    for (const letter of word.toLowerCase().normalize("NFD")) {
      if (tones[letter]) found += tones[letter];
      else shapes += letter;
    }
    const plain = shapes.replace(/\p{M}/gu, "").replace(/đ/g, "d");
    return { plain, letters: shapes.normalize("NFC"), tones: found };
  }

  function finds(wanted, form) {
    const letters = form.replace(/[0-9]+$/, "");
    const found = form.slice(letters.length);
    if (wanted.tones && wanted.tones !== found) return false;
    const [one, two] = [[...wanted.letters], [...letters]];
    return one.every((letter, index) => letter === wanted.plain[index] || letter === two[index]);
  }

  function numbers(words, wanted) {
    const all = new Set();
    for (const [form, steps] of Object.entries(words?.[wanted.plain] ?? {})) {
      const bare = wanted.letters === wanted.plain && !wanted.tones;
      if (!bare && !finds(wanted, form)) continue;
      let number = 0;
      for (const step of steps) all.add(number += step);
    }
    return all;
  }

  let current = 0;
  async function search() {
    const turn = ++current;
    const words = (input.value.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map(parts);
    results.replaceChildren();
    status.textContent = "";
    if (!words.length) return;
    status.textContent = form.dataset.dangTim;
    try {
      const sets = await Promise.all(words.map(async (word) => numbers(await load("chu-" + word.plain.slice(0, 2)), word)));
      const common = [...sets[0]].filter((number) => sets.every((set) => set.has(number))).sort((a, b) => b - a);
      const posts = await Promise.all(common.slice(0, mostShown).map(async (number) => {
        const file = await load("bai-" + Math.floor(number / postsInFile));
        return file?.[number % postsInFile];
      }));
      if (turn !== current) return;
      for (const post of posts) {
        if (!post) continue;
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = post[1];
        link.textContent = post[0];
        const day = document.createElement("time");
        day.textContent = post[2];
        item.append(link, " ", day);
        results.append(item);
      }
      status.textContent = common.length ? `${common.length} ${form.dataset.so}` : form.dataset.khongCo;
    } catch {
      if (turn === current) status.textContent = form.dataset.loi;
      loaded.clear();
    }
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("q", input.value);
    history.replaceState(null, "", address);
    search();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    search();
  }
})();
