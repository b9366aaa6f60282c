#pragma once

#include "LinkSource.h"
#include "Messages.h"
#include "services/ServiceOffer.h"

#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host
{

/// The services that a plugin in another process offers, as providers of this one: each call becomes a question to the
/// process. When the process is replaced, its consumers are introduced to the next one.
class ProvidedServices
{
public:
    ProvidedServices(LinkSource& links, std::chrono::milliseconds patience) : _links(links), _patience(patience) {}
    ~ProvidedServices();
    ProvidedServices(const ProvidedServices&) = delete;
    ProvidedServices& operator=(const ProvidedServices&) = delete;

    /// Gives the offers their providers. [lifecycle]
    void fill(std::vector<ServiceOffer>& offers);
    /// Introduces all consumers to a new process and resolves what they resolved.
    bool replay(PluginLink& link, std::string& reason);

private:
    struct Provider
    {
        ProvidedServices* owner;
        std::uint64_t index;
        zoco_provider table;
    };
    struct Attachment
    {
        std::uint64_t number;
        std::uint64_t service;
        const zoco_consumer* consumer;                    ///< lives until its detach returns
        std::vector<std::vector<std::string>> operations; ///< name and parameters each
    };

    static zoco_status attach(zoco_provider*, const zoco_consumer*, void**, void (*)(void*, zoco_str), void*);
    static void detach(zoco_provider*, void*);
    static zoco_status resolve(zoco_provider*, void*, zoco_str, const zoco_str*, uint32_t, zoco_operation*,
                               void (*)(void*, zoco_str), void*);
    static zoco_status call(zoco_provider*, void*, const zoco_call*, zoco_sink*);

    zoco_status sendAttach(PluginLink& link, const Attachment& attachment, std::string& reason) const;
    zoco_status sendResolve(PluginLink& link, const Attachment& attachment, const std::vector<std::string>& words,
                            std::string& reason) const;
    zoco_status ask(PluginLink& link, std::uint64_t id, const std::string& frame, std::string& reason) const;
    std::int64_t deadline() const;

    LinkSource& _links;
    const std::chrono::milliseconds _patience;
    std::vector<std::unique_ptr<Provider>> _providers;
    std::mutex _mutex; ///< of what follows; held while a consumer is introduced
    std::list<Attachment> _attachments;
    std::uint64_t _lastNumber = 0;
};

} // namespace zoco::host
