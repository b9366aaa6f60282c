/// Spanish texts of the fields of an address.
export default {
  "address.missing.name": "Dinos a quién se lo llevamos.",
  "address.missing.line1": "Escribe la calle y el número.",
  "address.missing.cp": "Escribe el código postal.",
  "address.missing.city": "Escribe la localidad.",
  "address.line1": "Calle y número",
  "address.line2": "Piso, puerta…",
  "address.cp": "Código postal",
  "address.city": "Localidad",
  "address.province": "Provincia",
  "address.region": "Provincia o región",
  "address.choose": "Elige…",
  "address.country": "País",
  "address.phone": "Teléfono de entrega",
};
