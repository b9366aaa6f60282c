/// Spanish texts of every form.
export default {
  "form.optional": "(opcional)",
  "form.show": "Mostrar la contraseña",
  "form.save": "Guardar",
  "form.saved": "Guardado.",

  "problem.datos-invalidos": "Hay datos que no podemos guardar así.",

  "fault.missing": "Falta este dato.",
  "fault.short": "Es demasiado corto: hacen falta al menos {n} caracteres.",
  "fault.long": "Es demasiado largo: caben {n} caracteres.",
  "fault.too-long": "Es demasiado largo.",
  "fault.character": "Tiene algún carácter que no podemos guardar.",
  "fault.other": "Esto no lo podemos guardar así.",
  "fault.clave": "Es fácil de adivinar. Prueba con varias palabras que no vayan juntas.",
  "fault.claveActual": "Esta no es tu contraseña.",
  "fault.codigo": "Ese código no vale. Prueba con el siguiente.",
  "fault.correo": "Escribe un correo completo, como ana@ejemplo.es.",
  "fault.nombre": "Escribe un nombre con letras corrientes.",
  "fault.telefono": "Este teléfono no existe. Fuera de España, escríbelo con el prefijo: +351…",
  "fault.nif": "Revísalo: la letra o las cifras no cuadran.",
  "fault.cp": "Este código postal no es de esa provincia o país.",
  "fault.provincia": "Elige una provincia.",
  "fault.pais": "Elige un país.",

  "email": "Correo electrónico",
  "password": "Contraseña",
  "name": "Nombre y apellidos",
  "email.missing": "Escribe tu correo electrónico.",
};
