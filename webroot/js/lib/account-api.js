/// What the pages ask about accounts. All throw ApiError.

import { download, get, send } from "./api.js";

const kMe = "/Usuarios/yo";
const kAddresses = `${kMe}/direcciones`;
const kSessions = `${kMe}/sesiones`;
const kSecond = `${kMe}/segundo-factor`;
const kIdentities = `${kMe}/externos`;
const kConsents = `${kMe}/consentimientos`;
const at = (path, id) => `${path}/${encodeURIComponent(id)}`;

/// {correo, clave, nombre, condiciones?, privacidad?, novedades?: versions of texts agreed to}: the answer is the same whether or not the address is known.
export const register = (account) => send("POST", "/Usuarios", account);
/// {resultado}: "cuenta" (it is there now), "correo" (its address is changed), "correo-a-medias" (the other link is missing).
export const verify = (ficha) => send("POST", "/Usuarios/verificacion", { ficha });
/// {correo, clave, codigo?}; the session that it answers is in a cookie too.
export const logIn = (credentials) => send("POST", "/Usuarios/sesion", credentials);
/// {proveedores: [{id, nombre}]}: other places whose identities open an account here.
export const providers = () => get("/Usuarios/externos");
/// {externos: [{id, proveedor, nombre, correo, creado, usado}]}: those that open this account.
export const identities = () => get(kIdentities);
/// {url}: where the browser has to go, to come back with another identity of this account, or to confirm by one.
export const linkIdentity = (provider, volver) => send("POST", at(kIdentities, provider), { volver });
export const confirmByIdentity = (provider, volver) => send("POST", `${at(kIdentities, provider)}/confirmacion`, { volver });
export const unlinkIdentity = (id) => send("DELETE", at(kIdentities, id));
export const forgotPassword = (correo) => send("POST", "/Usuarios/clave/olvido", { correo });
export const newPassword = (ficha, clave) => send("POST", "/Usuarios/clave/nueva", { ficha, clave });

/// {tratamientos: [{extension, usos: [{datos, finalidad, base, plazo, idioma}]}]}: what the shop keeps about people.
export const uses = () => get("/Usuarios/tratamientos");
/// {correo, accion: "exportar" or "borrar"}: of somebody without an account; the answer is always the same.
export const askForData = (wish) => send("POST", "/Usuarios/datos", wish);
export const downloadDataByLink = (ficha) => download("/Usuarios/datos/descarga", { ficha });
export const eraseDataByLink = (ficha) => send("POST", "/Usuarios/datos/borrado", { ficha });

/// {nombre, telefono, nif, idioma} -> the account.
export const changeAccount = (changes) => send("PATCH", kMe, changes);
export const deleteAccount = () => send("DELETE", kMe);
/// {claveActual, clave}
export const changePassword = (passwords) => send("POST", `${kMe}/clave`, passwords);
export const changeEmail = (correo) => send("POST", `${kMe}/correo`, { correo });
export const downloadData = () => download(`${kMe}/datos`);

/// {direcciones: […]}
export const addresses = () => get(kAddresses);
export const addAddress = (address) => send("POST", kAddresses, address);
export const changeAddress = (id, address) => send("PUT", at(kAddresses, id), address);
export const removeAddress = (id) => send("DELETE", at(kAddresses, id));

/// {sesiones: [{id, creada, usada, agente, direccion, actual}]}
export const sessions = () => get(kSessions);
export const endSession = (id) => send("DELETE", at(kSessions, id));
export const endOtherSessions = () => send("DELETE", kSessions);

/// {activo, codigos: how many are left}
export const secondFactor = () => get(kSecond);
/// {secreto, uri, qr}
export const startSecondFactor = () => send("POST", kSecond);
/// {codigos: […]}
export const confirmSecondFactor = (codigo) => send("POST", `${kSecond}/activacion`, { codigo });
export const renewRecoveryCodes = () => send("POST", `${kSecond}/codigos`);
export const stopSecondFactor = () => send("DELETE", kSecond);

/// {consentimientos: [{asunto, version, otorgado, momento}]}, the latest first
export const consents = () => get(kConsents);
/// `version`: of the text that was read.
export const changeConsent = (asunto, version, otorgado) => send("PUT", at(kConsents, asunto), { version, otorgado });
