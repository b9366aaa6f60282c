/// Spanish texts of giving back.
export default {
  "return.title": "Qué devuelves",
  "return.text": "Elige cuántas unidades devuelves de cada producto. Cuando lleguen te devolvemos el dinero por donde pagaste.",
  "return.line": "{name}",
  "return.why": "Por qué",
  "return.go": "Pedir la devolución",
  "return.done": "Devolución pedida.",

  "problem.devolucion-vacia": "Elige al menos una unidad.",
  "problem.devolucion-excede": "Eso es más de lo que queda por devolver.",
  "problem.fuera-de-plazo": "El plazo para devolverlo ha terminado.",
};
