/// What the page does beside being read: values by key and pointer, downloads, tables that sort.
///
/// It reads nothing but the page, and the page is whole without it.
let pageScript = #"""
  (() => {
  "use strict";
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const style = document.getElementById("chart-style").textContent;
  const save = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };
  const svgText = svg => {
    const copy = svg.cloneNode(true);
    all(".cursor", copy).forEach(it => it.remove());
    const sheet = document.createElementNS("http://www.w3.org/2000/svg", "style");
    sheet.textContent = style;
    copy.insertBefore(sheet, copy.firstChild);
    return new XMLSerializer().serializeToString(copy);
  };
  const png = async svg => {
    const url = URL.createObjectURL(new Blob([svgText(svg)], {type: "image/svg+xml"}));
    const image = new Image();
    await new Promise((done, fail) => { image.onload = done; image.onerror = fail; image.src = url; });
    const canvas = document.createElement("canvas"), box = svg.viewBox.baseVal;
    [canvas.width, canvas.height] = [2 * box.width, 2 * box.height];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    return new Promise(done => canvas.toBlob(done, "image/png"));
  };
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unpacked = text => {
    const numbers = [];
    let place = 0, step = 0, last = 0;
    const next = () => {
      let number = 0, power = 1, digit;
      do {
        digit = digits.indexOf(text[place++]);
        number += (digit % 32) * power;
        power *= 32;
      } while (digit > 31);
      return number % 2 ? (1 - number) / 2 : number / 2;
    };
    while (place < text.length) {
      let count = 1;
      if (text[place] === "*") place++, count = next();
      else step = next();
      for (; count > 0; count--) numbers.push(last += step);
    }
    return numbers;
  };
  const decoded = data => {
    if (data.labels) return unpacked(data.codes).map(code => code < 0 ? null : data.labels[code]);
    if (!data.steps) return data;
    const numbers = unpacked(data.steps).map(number => number / data.scale);
    for (const row of unpacked(data.missing || "")) numbers[row] = null;
    return numbers;
  };
  for (const figure of all("figure.figure")) {
    const plot = figure.querySelector(".plot"), svg = plot.querySelector("svg");
    const out = figure.querySelector("output"), source = figure.querySelector("script");
    const tools = document.createElement("p"), title = plot.getAttribute("aria-label");
    tools.className = "tools";
    figure.append(tools);
    tools.append(button("SVG", "Download as SVG: " + title, () =>
      save(figure.id + ".svg", new Blob([svgText(svg)], {type: "image/svg+xml"}))));
    tools.append(button("PNG", "Download as PNG: " + title, async () => save(figure.id + ".png", await png(svg))));
    if (!source) continue;
    const values = JSON.parse(source.textContent), x = unpacked(values.x), y = unpacked(values.y), count = values.rows;
    const data = values.data.map(decoded);
    const cell = (column, row) => data[column][row];
    const names = values.columns.map(name => name.replaceAll("_", " "));
    const text = row => {
      const parts = names.map((name, column) => {
        const value = cell(column, row);
        if (column < values.keys) return value === null ? "" : String(value);
        const unit = value !== null && values.units[column] ? " " + values.units[column] : "";
        return name + " " + (value === null ? "none" : typeof value === "number" ? value.toLocaleString("en") : value) + unit;
      });
      return parts.slice(0, values.keys).filter(Boolean).join(", ") + ": " + parts.slice(values.keys).join(", ");
    };
    const field = value => value === null ? "" : /[",\r\n]/.test(value) || value === "" ? '"' + String(value).replaceAll('"', '""') + '"' : String(value);
    const csv = () => {
      const lines = [values.columns.join(",")];
      for (let row = 0; row < count; row++) lines.push(values.columns.map((_, column) => field(cell(column, row))).join(","));
      return lines.join("\n") + "\n";
    };
    tools.prepend(button("CSV", "Download what is drawn as CSV: " + title, () =>
      save(figure.id + ".csv", new Blob([csv()], {type: "text/csv"}))));
    const cursor = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    cursor.setAttribute("class", "cursor");
    cursor.setAttribute("r", "6");
    let at = -1;
    const show = row => {
      at = Math.max(0, Math.min(count - 1, row));
      svg.append(cursor);
      cursor.setAttribute("cx", x[at]);
      cursor.setAttribute("cy", y[at]);
      out.textContent = text(at);
    };
    const beside = step => {
      const along = values.keys - 1;
      for (let row = at + step; row >= 0 && row < count; row += step) if (cell(along, row) === cell(along, at)) return row;
      return at;
    };
    plot.setAttribute("aria-label", title + ". Arrow keys read the values.");
    plot.addEventListener("keydown", event => {
      const to = {ArrowRight: at + 1, ArrowLeft: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: count - 1,
        ArrowDown: at < 0 ? 0 : beside(1), ArrowUp: at < 0 ? 0 : beside(-1)}[event.key];
      if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      show(to);
    });
    svg.addEventListener("pointermove", event => {
      const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
      const left = (event.clientX - box.left) * scale, top = (event.clientY - box.top) * scale;
      let best = -1, least = 3600;
      for (let row = 0; row < count; row++) {
        const far = (x[row] - left) ** 2 + (y[row] - top) ** 2;
        if (far < least) [best, least] = [row, far];
      }
      if (best >= 0 && best !== at) show(best);
    });
  }
  for (const table of all("table.data")) {
    const heads = all("thead th", table), body = table.tBodies[0];
    if (!body || body.rows.length < 2) continue;
    heads.forEach((head, column) => {
      const isNumber = head.classList.contains("n");
      const sort = document.createElement("button");
      sort.type = "button";
      sort.append(...head.childNodes);
      head.append(sort);
      sort.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = row => {
          const text = row.cells[column].textContent;
          if (!isNumber) return text;
          return text === "" ? NaN : Number(text.replaceAll(",", "").replace("\u2212", "-"));
        };
        const rows = [...body.rows].map((row, index) => ({row, index, key: key(row)}));
        const order = (a, b) => {
          if (isNumber && (isNaN(a.key) || isNaN(b.key))) return isNaN(a.key) - isNaN(b.key) || a.index - b.index;
          return (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (down ? -1 : 1) || a.index - b.index;
        };
        body.append(...rows.sort(order).map(it => it.row));
      });
    });
  }
  })();
  """#
