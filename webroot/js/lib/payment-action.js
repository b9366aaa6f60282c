/// What the buyer has to do before a payment goes on: {tipo, url, campos}, as the API tells it.

function submit(url, fields) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  form.hidden = true;
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    input.type = "hidden";
    Object.assign(input, { name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

/// Goes to the bank. False when there is nowhere to go, only to wait. `refused` is called when the browser may not go there:
/// the shop's pages may send forms only to the addresses that the shop's own settings name.
export function follow({ tipo, url, campos = {} }, refused = () => {}) {
  if (tipo === "espera") return false;
  const target = new URL(url, location.origin);
  if (!["http:", "https:"].includes(target.protocol)) return false;
  document.addEventListener("securitypolicyviolation", refused, { once: true });
  if (tipo === "redireccion") location.assign(target);
  else submit(target.href, campos);
  return true;
}
