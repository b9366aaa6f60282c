#pragma once

#include "Messages.h"
#include "placement/wire/Peer.h"
#include "services/ServiceOffer.h"

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host
{

/// In a plugin's process: the services that it offers, and the consumers that the host has introduced to them.
class HostedOffers
{
public:
    explicit HostedOffers(Peer& peer) : _peer(peer) {}
    HostedOffers(const HostedOffers&) = delete;
    HostedOffers& operator=(const HostedOffers&) = delete;

    void set(std::vector<ServiceOffer> offers) { _offers = std::move(offers); }

    /// Answers to the host's questions. [lifecycle]
    std::string attach(Unpacker& in);
    std::string detach(Unpacker& in);
    std::string resolve(Unpacker& in);
    /// Makes a call and answers it. [worker]
    void call(std::string_view payload);

private:
    struct Attachment
    {
        const ServiceOffer* offer = nullptr;
        std::string id;
        std::string version;
        std::deque<std::string> texts;
        std::vector<zoco_resource> resources;
        zoco_consumer raw{};
        void* state = nullptr;
        std::vector<zoco_operation> operations; ///< by number - 1
    };

    std::shared_ptr<Attachment> find(std::uint64_t number);
    static std::unique_lock<std::mutex> takeTurn(const ServiceOffer& offer);
    static std::string answer(std::uint64_t id, zoco_status status, std::string_view reason);
    static void collect(void* text, zoco_str reason);

    Peer& _peer;
    std::vector<ServiceOffer> _offers;
    std::mutex _mutex; ///< of what follows, and of the attachments' operations
    std::map<std::uint64_t, std::shared_ptr<Attachment>> _attachments;
};

} // namespace zoco::host
