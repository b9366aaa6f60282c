/// English texts of giving back. Same keys as return.es.js.
export default {
  "return.title": "What you return",
  "return.text": "Choose how many pieces of each product you return. When they arrive we give the money back the way you paid.",
  "return.line": "{name}",
  "return.why": "Why",
  "return.go": "Ask for the return",
  "return.done": "Return asked for.",

  "problem.devolucion-vacia": "Choose one piece at least.",
  "problem.devolucion-excede": "That is more than is left to return.",
  "problem.fuera-de-plazo": "The time to return it is over.",
};
