// Draws every element that carries data-chart. Colours come from the page's tokens, so that light, dark and paper agree.
"use strict";

(() => {
  const root = document.documentElement;
  const drawn = new Map();
  let paper = false;

  const token = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const face = () => token("sans").replace(/\s+/g, " ");
  const ink = (name, onPaper) => (paper ? onPaper : token(name));
  const tone = (name) => {
    const onPaper = { accent: "#17534b", bar: "#9fc4b9", breach: "#ab3526", doubt: "#85590a", plain: "#8b948d", order: "#2f6d41" };
    return ink(name === "plain" ? "edge" : name, onPaper[name]);
  };
  const size = (element) => (element.closest(".wall") ? 15 : 13);

  const measure = (() => {
    const pen = document.createElement("canvas").getContext("2d");
    return (text, px) => { pen.font = `${px}px ${face()}`; return pen.measureText(text).width; };
  })();
  const widest = (texts, px) => Math.ceil(Math.max(0, ...texts.map((text) => measure(text, px))));

  const plain = (px) => ({ fontSize: px, fontFamily: face(), color: ink("ink", "#000") });
  const soft = (px) => ({ fontSize: px, fontFamily: face(), color: ink("soft", "#333") });

  const sum = (mark) => mark.values.reduce((total, value) => total + value, 0);

  // Horizontal bars, parts stacked, the sum in words at the end; a limit is a short upright line.
  const bars = (data, element) => {
    const px = size(element);
    const width = element.clientWidth;
    const narrow = width < 430;
    const marks = narrow && element.closest(".wall") ? data.marks.slice(0, 6) : data.marks;
    const left = narrow ? 2 : Math.min(widest(marks.map((mark) => mark.label), px) + 20, Math.floor(width * 0.42));
    const right = Math.min(widest(marks.map((mark) => mark.end), px) + 14, Math.floor(width * 0.4));
    const top = Math.max(...marks.map((mark) => Math.max(sum(mark), mark.limit ?? 0)), 1e-9);
    const series = data.series.map((one, index) => ({
      type: "bar", stack: "all", name: one.label, barWidth: Math.round(px * 0.95), cursor: "pointer", color: tone(one.tone),
      emphasis: { focus: "none", itemStyle: { opacity: 0.82 } },
      data: marks.map((mark) => mark.values[index] ?? 0),
    }));
    const ends = {
      type: "bar", stack: "all", name: "", silent: true, barWidth: Math.round(px * 0.95), color: "transparent", tooltip: { show: false },
      label: { show: true, position: "right", distance: 7, ...plain(px), formatter: (point) => marks[point.dataIndex].end },
      data: marks.map((mark) => Math.max(top * 1e-6, (mark.limit ?? 0) - sum(mark))),
    };
    const limits = data.limit ? [{
      type: "scatter", name: data.limit, silent: true, symbol: "rect", symbolSize: [2.5, Math.round(px * (narrow ? 1.1 : 1.6))], color: ink("ink", "#000"), z: 5,
      data: marks.map((mark, index) => (mark.limit === null ? null : [mark.limit, index])).filter(Boolean),
    }] : [];
    return {
      height: marks.length * Math.round(px * (narrow ? 3.3 : 2.1)) + 8,
      option: {
        grid: { left, right, top: 2, bottom: 2, outerBoundsMode: "none" },
        xAxis: { type: "value", show: false, max: top, min: Math.min(0, ...marks.flatMap((mark) => mark.values)) },
        yAxis: {
          type: "category", inverse: true, data: marks.map((mark) => mark.label), axisLine: { show: false }, axisTick: { show: false },
          axisLabel: narrow
            ? { ...soft(px), inside: true, margin: 0, align: "left", verticalAlign: "bottom", padding: [0, 0, 9, 0], interval: 0 }
            : { ...soft(px), width: left - 10, overflow: "truncate", interval: 0, margin: 10 },
          z: 6,
        },
        series: [...series, ends, ...limits],
      },
    };
  };

  // Lines over days; the last point carries the name of its line and its value.
  const trend = (data, element) => {
    const px = size(element);
    const marks = data.marks;
    const last = marks.length - 1;
    const names = data.series.map((one, index) => `${one.label} ${(marks[last].values[index] ?? 0).toLocaleString()}`);
    const series = data.series.map((one, index) => ({
      type: "line", name: one.label, color: tone(one.tone), symbol: "circle", symbolSize: 7, lineStyle: { width: 2 }, cursor: "pointer",
      endLabel: { show: true, formatter: () => names[index], ...plain(px), distance: 8 }, labelLayout: { moveOverlap: "shiftY" },
      data: marks.map((mark) => mark.values[index] ?? 0),
    }));
    return {
      height: element.closest(".wall") ? 260 : 300,
      option: {
        grid: { left: 44, right: widest(names, px) + 18, top: 16, bottom: 28, outerBoundsMode: "none" },
        xAxis: { type: "category", data: marks.map((mark) => mark.label), axisLabel: soft(px - 1), axisLine: { lineStyle: { color: ink("line", "#999") } }, axisTick: { show: false }, boundaryGap: false },
        yAxis: { type: "value", min: 0, minInterval: 1, splitNumber: 3, axisLabel: soft(px - 1), splitLine: { lineStyle: { color: ink("line-2", "#ccc") } } },
        series,
      },
    };
  };

  const told = (data) => (points) => {
    const mark = data.marks[(Array.isArray(points) ? points[0] : points).dataIndex];
    return [mark.label, ...mark.told].join("\n");
  };

  // The whole row or day opens its rows, not the thin bar alone.
  const opens = (chart, data) => {
    const finder = data.kind === "trend" ? { xAxisIndex: 0 } : { yAxisIndex: 0 };
    const mark = (event) => {
      const at = chart.convertFromPixel(finder, data.kind === "trend" ? event.offsetX : event.offsetY);
      return data.marks[Math.round(at)];
    };
    chart.getZr().on("click", (event) => {
      const url = mark(event)?.url;
      if (url) window.location.href = url;
    });
    chart.getZr().on("mousemove", (event) => chart.getZr().setCursorStyle(mark(event)?.url ? "pointer" : "default"));
  };

  const draw = (element) => {
    const data = JSON.parse(element.dataset.chart);
    if (data.kind === "bars") data.marks = data.marks.slice(0, Number(element.dataset.rows));
    const made = (data.kind === "trend" ? trend : bars)(data, element);
    drawn.get(element)?.dispose();
    element.style.height = `${made.height}px`;
    const chart = window.echarts.init(element, null, { renderer: "canvas", height: made.height, devicePixelRatio: Math.max(2, window.devicePixelRatio) });
    chart.setOption({
      animation: false, textStyle: { fontFamily: face() }, ...made.option,
      tooltip: {
        renderMode: "richText", trigger: "axis", axisPointer: { type: data.kind === "trend" ? "line" : "shadow", shadowStyle: { color: token("row-on"), opacity: 0.7 }, z: -1 }, confine: true, backgroundColor: token("card"), borderColor: token("line"), textStyle: plain(13), formatter: told(data),
      },
    });
    opens(chart, data);
    drawn.set(element, chart);
  };
  const drawAll = () => { for (const element of document.querySelectorAll("[data-chart]")) draw(element); };

  let waiting = 0;
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 150);
  });
  document.addEventListener("gongjia:theme", drawAll);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  window.addEventListener("beforeprint", () => {
    paper = true;
    for (const table of document.querySelectorAll("details.same")) table.open = true;
    drawAll();
  });
  window.addEventListener("afterprint", () => { paper = false; drawAll(); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-full-screen]")) document.documentElement.requestFullscreen?.();
  });

  const start = () => {
    drawAll();
    const refresh = Number(document.querySelector("[data-refresh]")?.dataset.refresh || 0);
    if (refresh) setTimeout(() => window.location.reload(), refresh * 1000);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
