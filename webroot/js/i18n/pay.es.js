/// Spanish texts of paying.
export default {
  "pay.method": "Forma de pago",
  "pay.method.simulador": "Tarjeta (banco de prueba)",
  "pay.method.redsys": "Tarjeta, en la página del banco",
  "pay.method.bizum": "Bizum",
  "pay.method.other": "Otra forma de pago",
  "pay.card": "Número de tarjeta",
  "pay.card.test": "Esta tienda es de prueba y no cobra nada: usa la tarjeta 4548 8100 0000 0003, con cualquier caducidad futura y CVV 123.",
  "pay.expiry": "Caducidad (MM/AA)",
  "pay.cvv": "CVV",
  "pay.title": "Pagar el pedido",
  "pay.go": "Pagar {total}",

  "fault.tarjeta": "Revisa el número de la tarjeta: alguna cifra no cuadra.",
  "fault.caducidad": "Escribe el mes y el año de caducidad, por ejemplo 05/29.",
  "fault.caducada": "Esta tarjeta está caducada.",
  "fault.cvv": "Son las tres cifras del dorso de la tarjeta.",

  "problem.pedido-no-pagable": "Este pedido ya no se puede pagar.",
  "problem.pago-en-curso": "Hay otro pago de este pedido en marcha. Espera un momento.",
  "problem.confirmado": "Gracias, ya sabemos que eres tú. Escribe otra vez los datos del pago: no los guardamos.",
  "problem.banco-cerrado": "No hemos podido abrir la página del banco. Elige otra forma de pago o escríbenos.",
  "problem.moneda-no-admitida": "Esta forma de pago no admite la moneda del pedido.",

  "pay.continue": "Seguir en la página del banco",
  "pay.continue.text": "Dejaste un pago a medias en la página del banco. Puedes seguir allí, o pagar aquí de otra manera.",

  "refused": "El banco no ha aceptado el pago. No se ha cobrado nada: prueba con otra tarjeta.",
  "refused.no-reintentar": "El banco no acepta esta tarjeta. No se ha cobrado nada: usa otra.",
  "refused.cambiar-datos": "El banco no reconoce los datos de la tarjeta. No se ha cobrado nada: revísalos o usa otra.",
  "refused.esperar": "El banco no acepta ahora esta tarjeta. No se ha cobrado nada: usa otra, o esta dentro de tres días.",
  "refused.nothing": "No nos consta ningún cobro. Puedes intentarlo otra vez: el pedido no se cobra dos veces.",
};
