/// English texts of paying. Same keys as pay.es.js.
export default {
  "pay.method": "Way to pay",
  "pay.method.simulador": "Card (test bank)",
  "pay.method.redsys": "Card, on the bank's page",
  "pay.method.bizum": "Bizum (by phone)",
  "pay.method.other": "Another way to pay",
  "pay.card": "Card number",
  "pay.card.test": "This is a test shop and charges nothing: use the card 4548 8100 0000 0003, with any future expiry and CVV 123.",
  "pay.expiry": "Expiry (MM/YY)",
  "pay.cvv": "Security code (CVV)",
  "pay.title": "Pay for the order",
  "pay.go": "Pay {total}",

  "fault.tarjeta": "Check the card number: some digit is wrong.",
  "fault.caducidad": "Write the month and the year of expiry, for example 05/29.",
  "fault.caducada": "This card has expired.",
  "fault.cvv": "It is the three digits on the back of the card.",

  "problem.pedido-no-pagable": "This order can no longer be paid.",
  "problem.pago-en-curso": "Another payment of this order is under way. Wait a moment.",
  "problem.confirmado": "Thank you, now we know that it is you. Write the payment's data again: we do not keep them.",
  "problem.banco-cerrado": "We could not open the bank's page. Choose another way to pay, or write to us.",
  "problem.moneda-no-admitida": "This way to pay does not take the order's currency.",

  "pay.continue": "Go on at the bank's page",
  "pay.continue.text": "You left a payment unfinished at the bank's page. You can go on there, or pay here in another way.",

  "refused": "The bank did not accept the payment. Nothing was charged: try another card.",
  "refused.no-reintentar": "The bank does not accept this card. Nothing was charged: use another one.",
  "refused.cambiar-datos": "The bank does not know the card's data. Nothing was charged: check them or use another card.",
  "refused.esperar": "The bank does not accept this card now. Nothing was charged: use another one, or this one in three days.",
  "refused.nothing": "We know of no charge. You can try again: the order is never charged twice.",
};
