/// A real OpenID Connect provider (oidc-provider) for the tests, on a free port of this machine:
///   node identity-provider.js READY_FILE SECRET
/// READY_FILE gets its address. Who logs in there as `ana` (any password) is ana@identidad.example, whose address is
/// verified; as `sin-verificar`, one whose address is not; as `sin-correo`, nobody's. Requests of the tests:
///   POST /-/client {"redirectUri"}   from now on the client `zoco` may come back there
///   POST /-/rotate                   the provider signs with another key, under another id
///   POST /-/age {"seconds"}          who logs in from now on did so that long ago, as the provider says
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [readyFile, secret] = process.argv.slice(2);

let issuer = "";
let redirectUri = "";
let keys = [];
let answer = null;
let ageSeconds = 0;

function newKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" };
}

async function findAccount(context, id) {
  const claims = { sub: id, name: id };
  if (id !== "sin-correo") Object.assign(claims, { email: `${id}@identidad.example`, email_verified: id !== "sin-verificar" });
  return { accountId: id, claims: async () => claims };
}

function build() {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "zoco", client_secret: secret, redirect_uris: [redirectUri],
      grant_types: ["authorization_code"], response_types: ["code"], token_endpoint_auth_method: "client_secret_basic",
      require_auth_time: true,
    }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false, // the scopes' claims are in the ID token, as with most large providers
    cookies: { keys: [randomUUID()] },
    features: { devInteractions: { enabled: true } },
    findAccount,
    jwks: { keys },
    pkce: { methods: ["S256"], required: () => true },
  });
  const { loginAccount } = provider.Session.prototype;
  provider.Session.prototype.loginAccount = function logIn(details) {
    loginAccount.call(this, details);
    this.loginTs -= ageSeconds;
  };
  answer = provider.callback();
}

async function bodyOf(request) {
  let text = "";
  for await (const part of request) text += part;
  return text === "" ? {} : JSON.parse(text);
}

async function onControl(request, response) {
  const body = await bodyOf(request);
  if (request.url === "/-/client") redirectUri = body.redirectUri;
  else if (request.url === "/-/age") ageSeconds = body.seconds;
  else keys = [newKey()];
  build();
  response.writeHead(204).end();
}

const server = createServer((request, response) => {
  if (request.method === "POST" && request.url.startsWith("/-/")) return onControl(request, response);
  if (answer === null) return response.writeHead(503).end();
  return answer(request, response);
});

server.listen(0, "127.0.0.1", () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  redirectUri = `${issuer}/unset`;
  keys = [newKey()];
  build();
  writeFileSync(readyFile, issuer);
});
process.on("SIGTERM", () => process.exit(0));
