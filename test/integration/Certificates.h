#pragma once

#include "support/ChildProcess.h"
#include "support/TempFolder.h"

#include <sys/stat.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace zoco::test
{

/// An authority of a test's own, made by the program `openssl`, and the certificates that it issues. Files of one
/// folder, gone with the object.
class Certificates
{
public:
    Certificates() { make("ca", {"-subj", "/CN=test authority"}); }

    std::string ca() const { return _folder.path("ca.pem"); }
    std::string certificate(const std::string& name) const { return _folder.path(name + ".pem"); }
    std::string key(const std::string& name) const { return _folder.path(name + ".key"); }

    /// `altName` such as "IP:127.0.0.1"; `usage` is serverAuth or clientAuth.
    void issue(const std::string& name, const std::string& altName, const std::string& usage) const
    {
        make(name, {"-CA", ca(), "-CAkey", key("ca"), "-subj", "/CN=" + name, "-addext", "subjectAltName=" + altName,
                    "-addext", "extendedKeyUsage=" + usage, "-addext", "basicConstraints=critical,CA:FALSE"});
    }

private:
    void make(const std::string& name, const std::vector<std::string>& more) const
    {
        std::vector<std::string> argv{
            "openssl", "req",   "-x509", "-newkey", "ec",      "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-nodes",  "-days", "2",     "-keyout", key(name), "-out",     certificate(name)};
        argv.insert(argv.end(), more.begin(), more.end());
        const auto result = runProcess(argv);
        if (result.status.code != 0) throw std::runtime_error("openssl: " + result.error);
        ::chmod(key(name).c_str(), 0600);
    }

    TempFolder _folder;
};

} // namespace zoco::test
