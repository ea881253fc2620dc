// What a script sees as g, paths and values when it runs in the child process.
// A path is its own source text; where a script ends one, the text goes to the
// parent, which holds the graph. host has the functions of sandbox child.
(function (global, host, chain, constants) {
  "use strict";
  function Path(text) { this.$text = text; }
  function Value(text) { this.$text = text; }
  function literal(v) {
    if (v === null || v === undefined) return "null";
    if (v instanceof Path || v instanceof Value) return v.$text;
    if (Array.isArray(v)) return "[" + v.map(literal).join(",") + "]";
    switch (typeof v) {
      case "string": return JSON.stringify(v);
      case "boolean": return String(v);
      case "number": if (isFinite(v)) return Math.floor(v) === v && Math.abs(v) < 1e15 ? v.toFixed(0) : String(v);
    }
    throw new TypeError("not a value of the graph: " + typeof v);
  }
  function list(args) { return Array.prototype.map.call(args, literal).join(","); }
  function both(object, name, f) {
    object[name] = f;
    object[name.charAt(0).toUpperCase() + name.slice(1)] = f;
  }
  chain.forEach(function (name) {
    both(Path.prototype, name, function () { return new Path(this.$text + "." + name + "(" + list(arguments) + ")"); });
  });
  ["all", "getLimit"].forEach(function (name) {
    both(Path.prototype, name, function () { host.send(this.$text + "." + name + "(" + list(arguments) + ")"); });
  });
  ["count", "toArray", "tagArray", "toValue", "tagValue"].forEach(function (name) {
    both(Path.prototype, name, function () {
      return JSON.parse(host.value(this.$text + "." + name + "(" + list(arguments) + ")"));
    });
  });
  function forEach() {
    var callback = arguments[arguments.length - 1];
    if (typeof callback !== "function") throw new TypeError("expected js callback function");
    var limit = arguments.length > 1 ? arguments[0] : -1;
    JSON.parse(host.value(this.$text + ".tagArray(" + literal(limit) + ")")).forEach(function (row) { callback(row); });
    return null;
  }
  both(Path.prototype, "forEach", forEach);
  both(Path.prototype, "map", forEach);

  var g = {};
  function start(name) { return function () { return new Path("g." + name + "(" + list(arguments) + ")"); }; }
  both(g, "v", start("V")); both(g, "vertex", start("V"));
  both(g, "m", start("M")); both(g, "morphism", start("M"));
  g.IRI = g.Uri = g.uri = function (s) { return new Value("g.IRI(" + literal(s) + ")"); };
  both(g, "emit", function (v) {
    if (v === null || v === undefined) return null;
    host.emit(v instanceof Value ? host.value(v.$text) : JSON.stringify(v));
    return null;
  });
  ["addNamespace", "addDefaultNamespaces", "loadNamespaces"].forEach(function (name) {
    both(g, name, function () { host.declare("g." + name + "(" + list(arguments) + ");"); });
  });
  global.g = global.graph = g;
  constants.forEach(function (name) {
    global[name] = function () { return new Value(name + "(" + list(arguments) + ")"); };
  });
  return function (v) { // what the script's last value says
    if (v === null || v === undefined || v instanceof Path || v === g) return "";
    return v instanceof Value ? host.value(v.$text) : JSON.stringify(v) || "";
  };
})
