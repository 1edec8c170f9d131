// Draws each chart of a page from the data block beside it. Without this script the table alone shows.
(function () {
  "use strict";

  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var narrow = window.matchMedia("(max-width: 40rem)");
  var plots = [];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  // 48447 -> 48.447; 99.5 -> 99,50%
  function written(value, percent) {
    if (value === null || value === undefined || value === "-") { return "không phát sinh"; }
    var parts = percent ? Number(value).toFixed(2).split(".") : String(value).split(".");
    var whole = parts[0].replace(/\B(?=(\d{3})+$)/g, ".");
    return whole + (parts[1] ? "," + parts[1] : "") + (percent ? "%" : "");
  }

  // A share near 100 % says nothing on an axis from 0: begin at the round number below the least value.
  function floor(spec) {
    if (!spec.percent) { return 0; }
    var values = [];
    spec.series.forEach(function (one) {
      one.values.forEach(function (value) { if (value !== null) { values.push(value); } });
    });
    if (!values.length) { return 0; }
    var least = Math.min.apply(null, values);
    var step = least > 95 ? 1 : least > 80 ? 5 : 20;
    return Math.max(0, Math.floor((least - 0.001) / step) * step);
  }

  function options(spec) {
    var lying = spec.kind === "lying";
    var several = spec.series.length > 1;
    var legendRows = several ? (narrow.matches ? spec.series.length : 1) : 0;
    var words = { color: colour("quiet"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
    var line = { lineStyle: { color: colour("line-strong") } };
    var categories = {
      type: "category",
      data: spec.labels,
      inverse: lying,
      axisLabel: Object.assign({}, words, lying ? { width: narrow.matches ? 130 : 190, overflow: narrow.matches ? "truncate" : "break", interval: 0 } : { hideOverlap: true }),
      axisLine: line,
      axisTick: { show: false }
    };
    var values = {
      type: "value",
      min: floor(spec),
      max: spec.percent ? 100 : undefined,
      minInterval: spec.percent ? undefined : 1,
      axisLabel: Object.assign({}, words, { hideOverlap: true, formatter: function (value) { return written(value, false) + (spec.percent ? "%" : ""); } }),
      splitLine: { lineStyle: { color: colour("line") } }
    };
    return {
      animation: false,
      color: [1, 2, 3, 4, 5, 6].map(function (n) { return colour("series-" + n); }),
      textStyle: words,
      grid: { left: 8, right: lying ? 56 : 16, top: 12 + 22 * legendRows, bottom: 8, containLabel: true },
      legend: several ? { top: 0, left: 0, orient: narrow.matches ? "vertical" : "horizontal", textStyle: words, itemWidth: 18, itemHeight: 10 } : undefined,
      // drawn inside the picture: a box of HTML would need styles in the page, which the policy forbids
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        confine: true,
        backgroundColor: colour("paper"),
        borderColor: colour("line-strong"),
        textStyle: { color: colour("text"), fontSize: 12 },
        valueFormatter: function (value) { return written(value, spec.percent); }
      },
      xAxis: lying ? values : categories,
      yAxis: lying ? categories : values,
      series: spec.series.map(function (one, place) {
        return {
          name: one.name,
          type: spec.kind === "line" ? "line" : "bar",
          data: one.values,
          symbol: ["circle", "rect", "triangle", "diamond", "pin", "arrow"][place % 6],
          symbolSize: 7,
          barMaxWidth: 26,
          connectNulls: false,
          label: lying ? Object.assign({ show: true, position: "right", formatter: function (point) { return written(point.value, spec.percent); } }, words, { color: colour("text") }) : undefined
        };
      })
    };
  }

  function draw(plot) {
    plot.picture.setOption(options(plot.spec), true);
  }

  document.querySelectorAll("[data-chart]").forEach(function (box) {
    var spec = JSON.parse(document.getElementById(box.getAttribute("data-chart")).textContent);
    box.hidden = false;
    var plot = { spec: spec, picture: echarts.init(box, null, { renderer: "svg" }) };
    plots.push(plot);
    draw(plot);
    box.parentNode.querySelector("details").open = false;
  });

  dark.addEventListener("change", function () { plots.forEach(draw); });
  window.addEventListener("resize", function () {
    plots.forEach(function (plot) { plot.picture.resize(); draw(plot); });
  });
}());
