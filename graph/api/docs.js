// Shows an OpenAPI description and tries its routes. No library: the
// description is ours, so only what it uses need be shown.
"use strict";

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "on") node.addEventListener(value[0], value[1]);
    else if (value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter((c) => c !== undefined && c !== null));
  return node;
}

function resolve(doc, schema, depth) {
  if (!schema || depth > 5) return "…";
  if (schema.$ref) return resolve(doc, doc.components.schemas[schema.$ref.split("/").pop()], depth + 1);
  const types = [].concat(schema.type || []);
  if (types.includes("array")) return [resolve(doc, schema.items, depth + 1)];
  if (types.includes("object")) {
    const out = {};
    for (const [name, field] of Object.entries(schema.properties || {})) out[name] = resolve(doc, field, depth + 1);
    return out;
  }
  const values = schema.enum ? schema.enum.filter(Boolean).join(" | ") : types.filter((t) => t !== "null").join(" | ");
  return schema.description ? `${values}: ${schema.description}` : values || "any";
}

function field(parameter) {
  const schema = parameter.schema || {};
  const common = { name: parameter.name, "aria-label": parameter.name };
  if (schema.enum) {
    return el("select", common, ...schema.enum.map((v) => el("option", { value: v, selected: v === schema.default }, v || "—")));
  }
  const example = parameter.example ?? schema.examples?.[0] ?? schema.example;
  return el("input", { ...common, placeholder: schema.default ?? example ?? "", value: parameter.in === "path" ? example ?? "" : "" });
}

function address(path, parameters, form) {
  const query = new URLSearchParams();
  for (const p of parameters) {
    const value = form.elements[p.name].value;
    if (p.in === "path") path = path.replace(`{${p.name}}`, encodeURIComponent(value));
    else if (value && value !== String(p.schema?.default ?? "")) {
      const many = [].concat(p.schema?.type || []).includes("array");
      for (const one of many ? value.split(",") : [value]) query.append(p.name, one.trim());
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function attempt(method, url, body, output) {
  output.textContent = `${method} ${url}\n…`;
  const start = performance.now();
  try {
    const response = await fetch(url, { method, body, headers: body ? { "Content-Type": "application/json" } : {} });
    let text = await response.text();
    try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: as it is */ }
    const took = Math.round(performance.now() - start);
    output.textContent = `${method} ${url}\n${response.status} ${response.statusText} · ${took} ms\n\n${text.slice(0, 20000)}`;
  } catch (error) {
    output.textContent = `${method} ${url}\n${error}`;
  }
}

function operation(doc, path, method, op) {
  const parameters = (op.parameters || []).filter((p) => p.in !== "header");
  const bodySchema = op.requestBody?.content?.["application/json"]?.schema;
  const rows = parameters.map((p) => el("tr", {},
    el("th", {}, p.name, p.required ? " *" : ""), el("td", {}, field(p)), el("td", {}, p.schema?.description || p.description || "")));
  const text = bodySchema && el("textarea", { name: "$body", rows: 5, "aria-label": "body" }, JSON.stringify({ query: 'g.V("南关区").in("rdfs:label").all()' }, null, 2));
  const output = el("pre", { hidden: true });
  const form = el("form", { on: ["submit", (event) => {
    event.preventDefault();
    output.hidden = false;
    attempt(method.toUpperCase(), address(path, parameters, form), text?.value, output);
  }] }, el("table", {}, ...rows), text, el("button", {}, "Try it"), output);
  const content = op.responses["200"]?.content || {};
  const shape = content["application/json"] ? JSON.stringify(resolve(doc, content["application/json"].schema, 0), null, 2) : "";
  return el("details", { id: op.operationId },
    el("summary", {}, el("b", {}, method.toUpperCase()), el("code", {}, path), el("span", {}, op.summary || "")),
    el("div", { class: "inside" }, op.description && el("p", {}, op.description), form,
      el("p", {}, "Answer: " + Object.keys(content).join(", ")), shape && el("pre", {}, shape)));
}

async function show() {
  const main = document.getElementById("routes");
  const doc = await (await fetch("/openapi.json")).json();
  document.getElementById("title").textContent = `${doc.info.title} ${doc.info.version}`;
  document.getElementById("about").textContent = doc.info.description || "";
  main.textContent = "";
  for (const tag of doc.tags || []) {
    main.append(el("h2", {}, tag.name), el("p", {}, tag.description || ""));
    for (const [path, methods] of Object.entries(doc.paths)) {
      for (const method of ["get", "post"]) {
        if (methods[method]?.tags?.includes(tag.name)) main.append(operation(doc, path, method, methods[method]));
      }
    }
  }
  const asked = document.getElementById(location.hash.slice(1));
  if (asked) { asked.open = true; asked.scrollIntoView(); }
}

show().catch((error) => { document.getElementById("routes").textContent = String(error); });
