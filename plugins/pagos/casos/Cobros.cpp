#include "Cobros.h"

#include "Problemas.h"
#include "Reloj.h"
#include "datos/Anotaciones.h"
#include "text/Base64.h"

namespace pagos
{

namespace
{

/// 4 digits and 8 letters or digits, as Redsys wants them.
std::string newNumber(const zoco::Crypto& crypto)
{
    constexpr char kDigits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string out;
    for (const auto c : crypto.random(12)) out += kDigits[static_cast<unsigned char>(c) % (out.size() < 4 ? 10u : 32u)];
    return out;
}

} // namespace

/// As long as a payment service is asked and its answer is not stored.
class Cobros::Pregunta
{
public:
    Pregunta(const Testigo& testigo, std::string numero) : _testigo(testigo), _numero(std::move(numero))
    {
        if (_testigo.asked) _testigo.asked(_numero);
    }
    ~Pregunta()
    {
        if (_testigo.answered) _testigo.answered(_numero);
    }
    Pregunta(const Pregunta&) = delete;
    Pregunta& operator=(const Pregunta&) = delete;

private:
    const Testigo& _testigo;
    const std::string _numero;
};

/// Makes room for the payment and writes it down; the other one that has the order's place already. Most orders have
/// none, so it is written first, and the other one looked for when the place is taken.
zoco::Result<std::optional<Registro>> Cobros::begin(const zoco::CallContext& context, const Peticion& peticion,
                                                    Registro& out) const
{
    const bool isPagable = peticion.pedido.isPagable(nowUs());
    if (isPagable)
    {
        ZOCO_TRY(const bool isWritten, write(context, peticion, out));
        if (isWritten) return std::optional<Registro>();
    }
    ZOCO_TRY(auto alive, _pagos.aliveOf(context, peticion.pedido.id));
    if (alive)
    {
        if (alive->pago.estado() == Estado::Desconocido) return problema::enCurso();
        if (alive->pago.estado() != Estado::RequiereAccion) return alive;
        const Anotado gone{{Hecho::Anulado, Orden::Anulacion, 0, "sustituido"}, "{}"};
        ZOCO_TRY(auto done, _transiciones.apply(context, {std::move(*alive)}, {gone}));
        if (done.registro.isVivo) return std::optional(std::move(done.registro)); // it was paid meanwhile
    }
    if (!isPagable) return problema::noPagable(peticion.pedido.estado);
    ZOCO_TRY(const bool isWritten, write(context, peticion, out));
    if (!isWritten) return problema::enCurso();
    return std::optional<Registro>();
}

/// False: another one has the order's place.
zoco::Result<bool> Cobros::write(const zoco::CallContext& context, const Peticion& peticion, Registro& out) const
{
    out = Registro();
    out.id = base64(_crypto.random(16), Alphabet::Base64UrlBare);
    out.pedido = peticion.pedido.id;
    out.conector = peticion.medio.conector;
    out.metodo = peticion.medio.metodo;
    out.numero = newNumber(_crypto);
    out.moneda = peticion.pedido.moneda;
    out.isManual = peticion.medio.isManual;
    out.version = 1;
    out.pago = Pago(peticion.pedido.total);
    Anotado first{{Hecho::Pedido, Orden::Cobro, peticion.pedido.total, {}}, {}};
    Anotacion datos;
    datos.base = peticion.publicUrl;
    if (peticion.medio.isManual) datos.captura = "manual";
    datos.identidad = peticion.identidad;
    first.datos = datos.toJson();
    ZOCO_TRY([[maybe_unused]] auto applied, PagosRepository::apply(out, first));
    zoco::Group group(_data);
    _pagos.addCreate(group, out, first, nowUs());
    const auto stored = group.run(context);
    if (!stored.ok() && stored.problem().code != ZOCO_E_DUPLICATE) return stored.problem();
    return stored.ok();
}

zoco::Result<Registro> Cobros::create(const zoco::CallContext& context, const Peticion& peticion,
                                      const Transiciones::Also& also) const
{
    auto* conector = _encargos.connectorOf(peticion.medio.conector);
    if (conector == nullptr) return problema::noEncontrado();
    Registro registro;
    ZOCO_TRY(auto other, begin(context, peticion, registro));
    if (other) return std::move(*other);
    auto encargo = _encargos.orderFor(registro, registro.pago.importe());
    encargo.tarjeta = peticion.tarjeta;
    const Pregunta pregunta(_testigo, registro.numero);
    const auto result = conector->create(encargo);
    return finish(context, {std::move(registro), peticion.pedido}, result, Orden::Cobro, also);
}

/// Stores how an operation went. When nobody knows, nothing is stored, and the service is asked in a moment.
zoco::Result<Registro> Cobros::finish(const zoco::CallContext& asked, Transiciones::Conocido known,
                                      const zoco::Result<Resultado>& result, Orden orden,
                                      const Transiciones::Also& also) const
{
    const auto id = known.pago.id;
    auto context = asked;
    context.deadlineNs = 0; // what has happened is written down, however late it is
    if (!result.ok())       // the service was not asked at all
    {
        const auto hecho = orden == Orden::Cobro ? Hecho::Rechazado : Hecho::Fallido;
        (void)_transiciones.apply(context, std::move(known), {{{hecho, orden, 0, {}}, "{}"}});
        return result.problem();
    }
    if (result->isUnknown())
    {
        _resolucion.soon(id);
        ZOCO_TRY(auto now, _pagos.find(context, id));
        if (!now) return problema::noEncontrado();
        return std::move(*now);
    }
    auto done = _transiciones.apply(context, std::move(known), annotated(*result), also);
    if (!done.ok())
    {
        _resolucion.soon(id);
        return done.problem();
    }
    return std::move(done->registro);
}

zoco::Result<Registro> Cobros::change(const zoco::CallContext& context, std::string_view id, Orden orden,
                                      std::optional<std::int64_t> importe, std::string_view clave,
                                      const Transiciones::Also& also, const Transiciones::Also& first) const
{
    ZOCO_TRY(auto found, _pagos.find(context, id));
    if (!found) return problema::noEncontrado();
    auto* conector = _encargos.connectorOf(found->conector);
    if (conector == nullptr) return zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE);
    // A part that is given back by hand would be lost in the whole.
    if (found->devolver > 0 && orden == Orden::Reembolso && !clave.starts_with(kPorSiMismo))
        return problema::seDevuelve();
    const auto now = found->pago.importes();
    const auto amount = importe.value_or(orden == Orden::Reembolso ? now.reembolsable() : now.retenido());
    const auto efecto = clave.empty() ? std::string() : "k:" + std::string(clave);
    const Anotado pedido{{Hecho::Pedido, orden, amount, efecto}, "{}"};
    ZOCO_TRY(auto asked, _transiciones.apply(context, {std::move(*found)}, {pedido}, first));
    if (!asked.isNueva) return std::move(asked.registro);
    const auto encargo = _encargos.orderFor(asked.registro, amount);
    Transiciones::Conocido known{std::move(asked.registro)};
    if (orden == Orden::Anulacion && amount == 0) // nothing is held: the buyer was to do something
        return finish(context, std::move(known), Resultado{{{Hecho::Anulado, orden, 0, {}}}, {}, {}, {}, {}}, orden,
                      also);
    const Pregunta pregunta(_testigo, encargo.numero);
    const auto result = orden == Orden::Captura     ? conector->capture(encargo)
                        : orden == Orden::Anulacion ? conector->cancel(encargo)
                                                    : conector->refund(encargo);
    return finish(context, std::move(known), result, orden, also);
}

zoco::Result<Registro> Cobros::advance(const zoco::CallContext& context, std::string_view id, const Campos& input) const
{
    ZOCO_TRY(auto found, _pagos.find(context, id));
    if (!found) return problema::noEncontrado();
    auto* conector = _encargos.connectorOf(found->conector);
    if (conector == nullptr) return zoco::Problem::fromStatus(ZOCO_E_UNAVAILABLE);
    const Pregunta pregunta(_testigo, found->numero);
    const auto result = conector->advance(_encargos.orderFor(*found, found->pago.importe()), input);
    if (!result.ok()) return result.problem();
    return finish(context, {std::move(*found)}, result, Orden::Cobro, {});
}

/// Whether something of it was new.
zoco::Result<bool> Cobros::take(const zoco::CallContext& context, const Conector& from, std::string_view contentType,
                                std::string_view body, AvisoRecibido& received) const
{
    ZOCO_TRY(const auto aviso, from.parseNotification(contentType, body));
    ZOCO_TRY(auto known, _pagos.byNumber(context, received.conector, aviso.numero));
    if (!known) return problema::noEncontrado();
    received.pago = known->id;
    ZOCO_TRY(const auto done, _transiciones.apply(context, {std::move(*known)}, annotated(aviso.resultado)));
    return done.isNueva;
}

zoco::Result<void> Cobros::notify(const zoco::CallContext& context, std::string_view conector,
                                  std::string_view contentType, std::string_view body) const
{
    const auto* from = _encargos.connectorOf(conector);
    if (from == nullptr) return problema::noEncontrado();
    AvisoRecibido received;
    received.conector = conector;
    received.numero = from->claimedNumber(body);
    const auto isNew = take(context, *from, contentType, body, received);
    received.resultado = !isNew.ok() ? "rechazada" : *isNew ? "aceptada" : "repetida";
    if (!isNew.ok()) received.motivo = isNew.problem().slug;
    _avisos.keep(received);
    if (isNew.ok()) return {};
    const auto& why = isNew.problem();
    _log.warning("a notification is refused", {{"conector", conector}, {"why", why.slug}, {"detail", why.detail}});
    return why;
}

} // namespace pagos
