/// English texts of every form. Same keys as form.es.js.
export default {
  "form.optional": "(optional)",
  "form.show": "Show the password",
  "form.save": "Save",
  "form.saved": "Saved.",

  "problem.datos-invalidos": "Some of this cannot be saved as it is.",

  "fault.missing": "This is missing.",
  "fault.short": "It is too short: at least {n} characters are needed.",
  "fault.long": "It is too long: {n} characters fit.",
  "fault.too-long": "It is too long.",
  "fault.character": "It has a character that we cannot keep.",
  "fault.other": "We cannot keep this as it is.",
  "fault.clave": "It is easy to guess. Try several words that do not belong together.",
  "fault.claveActual": "This is not your password.",
  "fault.codigo": "That code does not work. Try the next one.",
  "fault.correo": "Write a whole address, such as ana@example.org.",
  "fault.nombre": "Write a name with ordinary letters.",
  "fault.telefono": "There is no such phone number. Outside Spain, write it with its prefix: +351…",
  "fault.nif": "Check it: letter and digits do not match.",
  "fault.cp": "This post code is not of that province or country.",
  "fault.provincia": "Choose a province.",
  "fault.pais": "Choose a country.",

  "email": "E-mail address",
  "password": "Password",
  "name": "Full name",
  "email.missing": "Write your e-mail address.",
};
