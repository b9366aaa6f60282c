/// English texts of the fields of an address. Same keys as address.es.js.
export default {
  "address.missing.name": "Tell us who it is for.",
  "address.missing.line1": "Write the street and the number.",
  "address.missing.cp": "Write the post code.",
  "address.missing.city": "Write the town.",
  "address.line1": "Street and number",
  "address.line2": "Floor, door…",
  "address.cp": "Post code",
  "address.city": "Town",
  "address.province": "Province",
  "address.region": "Province or region",
  "address.choose": "Choose…",
  "address.country": "Country",
  "address.phone": "Phone for the delivery",
};
