/// The versions of the texts that people agree to, as the shop records them: a new one whenever a text's meaning changes.
///   condiciones, privacidad   on /privacidad
///   novedades                 privacy.consent.novedades
export const kVersions = { condiciones: "2026-11", privacidad: "2026-11", novedades: "2026-11" };
