#include "ClientTls.h"

namespace zoco::host
{

/// VERIFY_STRICT: in every other mode Poco does not compare the name of a host that is this machine.
Poco::Net::Context::Ptr clientTls(const std::string& caFile)
{
    using Poco::Net::Context;
    Context::Ptr out(new Context(Context::TLS_CLIENT_USE, caFile, Context::VERIFY_STRICT, 9, true));
    out->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    out->enableExtendedCertificateVerification(true);
    out->enableSessionCache(false);
    return out;
}

} // namespace zoco::host
