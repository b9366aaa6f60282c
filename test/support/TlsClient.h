#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "support/RawClient.h"

namespace zoco::test
{

/// A TLS client over a connection to 127.0.0.1; a step that fails throws std::runtime_error. One thread.
class TlsClient
{
public:
    struct Options
    {
        std::string ca{};        ///< empty: any certificate
        int version = 0;         ///< the only one that it speaks; 0: any
        std::string protocols{}; ///< of ALPN, in wire form
        SSL_SESSION* resumed = nullptr;
    };

    explicit TlsClient(std::uint16_t port) : TlsClient(port, Options{}) {}
    TlsClient(std::uint16_t port, const Options& options)
        : _raw(port), _context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free)
    {
        if (options.version != 0)
        {
            SSL_CTX_set_min_proto_version(_context.get(), options.version);
            SSL_CTX_set_max_proto_version(_context.get(), options.version);
            if (options.version < TLS1_2_VERSION) SSL_CTX_set_cipher_list(_context.get(), "ALL:@SECLEVEL=0");
        }
        if (!options.ca.empty())
        {
            SSL_CTX_load_verify_file(_context.get(), options.ca.c_str());
            SSL_CTX_set_verify(_context.get(), SSL_VERIFY_PEER, nullptr);
        }
        _ssl.reset(SSL_new(_context.get()));
        if (!options.protocols.empty())
            SSL_set_alpn_protos(_ssl.get(), reinterpret_cast<const unsigned char*>(options.protocols.data()),
                                static_cast<unsigned>(options.protocols.size()));
        if (options.resumed != nullptr) SSL_set_session(_ssl.get(), options.resumed);
        SSL_set_fd(_ssl.get(), _raw.fd());
        if (SSL_connect(_ssl.get()) != 1) throw std::runtime_error("no TLS");
    }

    void send(std::string_view bytes)
    {
        if (SSL_write(_ssl.get(), bytes.data(), static_cast<int>(bytes.size())) != static_cast<int>(bytes.size()))
            throw std::runtime_error("not sent");
    }
    /// Up to so many bytes; fewer at the end.
    std::string receive(std::size_t size)
    {
        std::string out(size, '\0');
        std::size_t at = 0;
        while (at < size)
        {
            const auto n = SSL_read(_ssl.get(), out.data() + at, static_cast<int>(size - at));
            if (n <= 0) break;
            at += static_cast<std::size_t>(n);
        }
        out.resize(at);
        return out;
    }
    /// The head of the next answer, and its body by Content-Length.
    std::string answer()
    {
        std::string head;
        while (!head.ends_with("\r\n\r\n"))
        {
            const auto next = receive(1);
            if (next.empty()) throw std::runtime_error("ended: " + head);
            head += next;
        }
        const auto at = head.find("Content-Length: ");
        if (at == std::string::npos) return head;
        return head + receive(static_cast<std::size_t>(std::stoul(head.substr(at + 16))));
    }
    /// Whether the other side has told that no more comes.
    bool isEnded()
    {
        char byte = 0;
        return SSL_read(_ssl.get(), &byte, 1) <= 0 && SSL_get_error(_ssl.get(), 0) == SSL_ERROR_ZERO_RETURN;
    }
    SSL* ssl() noexcept { return _ssl.get(); }
    int version() const noexcept { return SSL_version(_ssl.get()); }

private:
    RawClient _raw;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> _context;
    std::unique_ptr<SSL, decltype(&SSL_free)> _ssl{nullptr, &SSL_free};
};

} // namespace zoco::test
