#include "Huella.h"

#include <Poco/HMACEngine.h>
#include <Poco/SHA1Engine.h>
#include <Poco/SHA2Engine.h>

namespace usuarios
{

namespace
{

std::string bytesOf(const Poco::DigestEngine::Digest& digest) { return {digest.begin(), digest.end()}; }

} // namespace

std::string sha256(std::string_view bytes)
{
    Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
    engine.update(bytes.data(), bytes.size());
    return bytesOf(engine.digest());
}

std::string hmacSha1(std::string_view key, std::string_view bytes)
{
    Poco::HMACEngine<Poco::SHA1Engine> engine(key.data(), key.size());
    engine.update(bytes.data(), bytes.size());
    return bytesOf(engine.digest());
}

} // namespace usuarios
