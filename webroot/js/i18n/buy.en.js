/// English texts of buying that several pages have. Same keys as buy.es.js.
export default {
  "cart.title": "Your cart",
  "cart.empty": "Your cart is empty",
  "cart.empty.text": "Have a look around the stalls: what you choose stays here until you come back.",
  "cart.summary": "Summary",

  "line.gone": "It is no longer sold. Remove it to go on.",
  "line.none": "It is sold out. Remove it to go on.",
  "line.few": { one: "Only {n} left.", other: "Only {n} left." },
  "line.unnamed": "Withdrawn product",

  "totals.products": "Products",
  "totals.shipping": "Shipping",
  "totals.later": "Depends on the address",
  "totals.free": "Free",
  "totals.discount": "Discount",
  "totals.total": "Total to pay",
  "totals.tax": "Includes {tax} of VAT at {rate} % on {base}.",

  "ship.estandar": "Standard shipping",
  "ship.urgente": "Express shipping",

  "problem.sin-existencias": "There is less left of something than you want. Look at the cart: it says of what, and how much is left.",
  "problem.cupon-no-valido": "There is no such coupon, or it is not for this cart.",
};
