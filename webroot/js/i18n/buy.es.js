/// Spanish texts of buying that several pages have.
export default {
  "cart.title": "Tu carrito",
  "cart.empty": "Tu carrito está vacío",
  "cart.empty.text": "Date una vuelta por los puestos: lo que elijas se queda aquí hasta que vuelvas.",
  "cart.summary": "Resumen",

  "line.gone": "Ya no está a la venta. Quítalo para continuar.",
  "line.none": "Se ha agotado. Quítalo para continuar.",
  "line.few": { one: "Solo queda {n} unidad.", other: "Solo quedan {n} unidades." },
  "line.unnamed": "Producto retirado",

  "totals.products": "Productos",
  "totals.shipping": "Envío",
  "totals.later": "Se calcula con la dirección",
  "totals.free": "Gratis",
  "totals.discount": "Descuento",
  "totals.total": "Total",
  "totals.tax": "Incluye {tax} de IVA al {rate} % sobre {base}.",

  "ship.estandar": "Envío estándar",
  "ship.urgente": "Envío urgente",

  "problem.sin-existencias": "De algo ya no queda tanto como pides. Mira el carrito: allí pone de qué, y cuánto queda.",
  "problem.cupon-no-valido": "Ese cupón no existe o no vale para este carrito.",
};
