#include "model/Pago.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <functional>
#include <random>
#include <utility>
#include <vector>

using namespace pagos;

class PagoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PagoTest);
    CPPUNIT_TEST(testStatesOfALife);
    CPPUNIT_TEST(testInPartsAndBack);
    CPPUNIT_TEST(testEveryForbiddenTransitionNamesTheStates);
    CPPUNIT_TEST(testAmountsBeyondAreRefused);
    CPPUNIT_TEST(testNothingElseWhileAnOutcomeIsUnknown);
    CPPUNIT_TEST(testAnEffectCountsOnce);
    CPPUNIT_TEST(testMoneyOutweighsARefusal);
    CPPUNIT_TEST(testMoneyThatCannotBe);
    CPPUNIT_TEST(testAnyOrderComesToTheSame);
    CPPUNIT_TEST(testRandomWalksKeepTheInvariants);
    CPPUNIT_TEST(testWhatWeGaveUpOurselves);
    CPPUNIT_TEST(testNames);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t kTotal = 4999;
    using Sucesos = std::vector<Suceso>;

    static Pago paid(const Sucesos& sucesos)
    {
        Pago out(kTotal);
        for (const auto& s : sucesos) out.apply(s).value();
        return out;
    }
    static Suceso pedido(Orden orden, std::int64_t importe) { return {Hecho::Pedido, orden, importe}; }
    static Suceso hecho(Hecho hecho, std::int64_t importe = 0, std::string efecto = {})
    {
        return {hecho, Orden::Cobro, importe, std::move(efecto)};
    }
    static std::string estado(const Sucesos& sucesos) { return std::string(nameOf(paid(sucesos).estado())); }

    /// A history for each state.
    static std::vector<std::pair<Estado, Sucesos>> histories()
    {
        const auto cobro = pedido(Orden::Cobro, kTotal);
        return {{Estado::Desconocido, {cobro}},
                {Estado::RequiereAccion, {cobro, hecho(Hecho::Accion)}},
                {Estado::Autorizado, {cobro, hecho(Hecho::Autorizado, kTotal)}},
                {Estado::Capturado, {cobro, hecho(Hecho::Capturado, kTotal)}},
                {Estado::Rechazado, {cobro, hecho(Hecho::Rechazado)}},
                {Estado::Anulado, {cobro, hecho(Hecho::Autorizado, kTotal), hecho(Hecho::Anulado, kTotal)}},
                {Estado::Reembolsado, {cobro, hecho(Hecho::Capturado, kTotal), hecho(Hecho::Reembolsado, kTotal)}}};
    }

    void testStatesOfALife()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("desconocido"), std::string(nameOf(Pago(kTotal).estado())));
        for (const auto& [expected, history] : histories())
            CPPUNIT_ASSERT_EQUAL(std::string(nameOf(expected)), estado(history));
        CPPUNIT_ASSERT_EQUAL(std::string("anulado"), estado({pedido(Orden::Cobro, kTotal), hecho(Hecho::Accion),
                                                             pedido(Orden::Anulacion, 0), hecho(Hecho::Anulado)}));
        CPPUNIT_ASSERT_EQUAL(std::string("capturado"), estado({pedido(Orden::Cobro, kTotal), hecho(Hecho::Accion),
                                                               hecho(Hecho::Capturado, kTotal, "a")}));
    }

    void testInPartsAndBack()
    {
        auto pago = paid({pedido(Orden::Cobro, kTotal), hecho(Hecho::Autorizado, kTotal)});
        pago.apply(pedido(Orden::Captura, 3000)).value();
        CPPUNIT_ASSERT(pago.estado() == Estado::Desconocido);
        pago.apply({Hecho::Capturado, Orden::Captura, 3000, "c1"}).value();
        CPPUNIT_ASSERT(pago.estado() == Estado::Capturado);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1999), pago.importes().retenido());
        pago.apply(pedido(Orden::Anulacion, 1999)).value();
        pago.apply({Hecho::Anulado, Orden::Anulacion, 1999, "n1"}).value();
        pago.apply(pedido(Orden::Reembolso, 1000)).value();
        pago.apply({Hecho::Fallido, Orden::Reembolso}).value();
        CPPUNIT_ASSERT_EQUAL(std::int64_t(3000), pago.importes().reembolsable());
        for (const auto* efecto : {"r1", "r2"})
        {
            pago.apply(pedido(Orden::Reembolso, 1500)).value();
            pago.apply({Hecho::Reembolsado, Orden::Reembolso, 1500, efecto}).value();
        }
        CPPUNIT_ASSERT(pago.estado() == Estado::Reembolsado);
        CPPUNIT_ASSERT((pago.importes() == Importes{kTotal, 3000, 1999, 3000, 0}));
    }

    void testEveryForbiddenTransitionNamesTheStates()
    {
        const std::vector<std::pair<Orden, std::vector<Estado>>> allowed{
            {Orden::Cobro, {}},
            {Orden::Captura, {Estado::Autorizado}},
            {Orden::Anulacion, {Estado::Autorizado, Estado::RequiereAccion}},
            {Orden::Reembolso, {Estado::Capturado}}};
        for (const auto& [orden, states] : allowed)
            for (const auto& [state, history] : histories())
            {
                auto pago = paid(history);
                const auto before = pago.importes();
                const auto done = pago.apply(pedido(orden, kTotal));
                const auto name = std::string(nameOf(orden)) + " in " + std::string(nameOf(state));
                const bool isAllowed = std::find(states.begin(), states.end(), state) != states.end();
                CPPUNIT_ASSERT_EQUAL_MESSAGE(name, isAllowed, done.ok());
                if (isAllowed) continue;
                CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 409, done.problem().status);
                const auto& detail = done.problem().detail;
                CPPUNIT_ASSERT_MESSAGE(name + detail, detail.find(nameOf(state)) != detail.npos);
                for (const auto possible : states)
                    if (state != Estado::Desconocido)
                        CPPUNIT_ASSERT_MESSAGE(name + detail, detail.find(nameOf(possible)) != detail.npos);
                CPPUNIT_ASSERT_MESSAGE(name, pago.estado() == state && pago.importes() == before);
            }
    }

    void testAmountsBeyondAreRefused()
    {
        const auto autorizado = paid({pedido(Orden::Cobro, kTotal), hecho(Hecho::Autorizado, kTotal)});
        const auto capturado =
            paid({pedido(Orden::Cobro, kTotal), hecho(Hecho::Capturado, kTotal), hecho(Hecho::Reembolsado, 999)});
        for (const std::int64_t wrong : {std::int64_t(-1), std::int64_t(0), kTotal + 1})
        {
            CPPUNIT_ASSERT_EQUAL(422, autorizado.admits(Orden::Captura, wrong).problem().status);
            CPPUNIT_ASSERT_EQUAL(422, autorizado.admits(Orden::Anulacion, wrong).problem().status);
            CPPUNIT_ASSERT_EQUAL(422, capturado.admits(Orden::Reembolso, wrong).problem().status);
        }
        CPPUNIT_ASSERT_EQUAL(422, capturado.admits(Orden::Reembolso, 4001).problem().status);
        CPPUNIT_ASSERT(capturado.admits(Orden::Reembolso, 4000).ok());
        CPPUNIT_ASSERT_EQUAL(422, Pago(kTotal).admits(Orden::Cobro, kTotal - 1).problem().status);
    }

    void testNothingElseWhileAnOutcomeIsUnknown()
    {
        auto pago =
            paid({pedido(Orden::Cobro, kTotal), hecho(Hecho::Capturado, kTotal), pedido(Orden::Reembolso, 100)});
        CPPUNIT_ASSERT(pago.estado() == Estado::Desconocido);
        for (const auto orden : {Orden::Cobro, Orden::Captura, Orden::Anulacion, Orden::Reembolso})
            CPPUNIT_ASSERT_EQUAL(std::string("operacion-pendiente"), pago.admits(orden, 100).problem().slug);
        pago.apply({Hecho::Reembolsado, Orden::Reembolso, 200, "otro"}).value(); // another one's
        CPPUNIT_ASSERT(pago.estado() == Estado::Desconocido);
        pago.apply({Hecho::Reembolsado, Orden::Reembolso, 100, "este"}).value();
        CPPUNIT_ASSERT(pago.estado() == Estado::Capturado);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(300), pago.importes().reembolsado);
    }

    void testAnEffectCountsOnce()
    {
        auto pago = paid({pedido(Orden::Cobro, kTotal)});
        const auto once = hecho(Hecho::Capturado, kTotal, "052029");
        CPPUNIT_ASSERT(pago.apply(once).value() == Pago::Aplicado::Nuevo);
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(pago.apply(once).value() == Pago::Aplicado::Repetido);
        CPPUNIT_ASSERT_EQUAL(kTotal, pago.importes().capturado);
    }

    /// A buyer whose first card was refused pays with the second one; the notifications come the other way round.
    void testMoneyOutweighsARefusal()
    {
        for (const auto& order : {Sucesos{hecho(Hecho::Rechazado, 0, "1"), hecho(Hecho::Capturado, kTotal, "2")},
                                  Sucesos{hecho(Hecho::Capturado, kTotal, "2"), hecho(Hecho::Rechazado, 0, "1")}})
            CPPUNIT_ASSERT_EQUAL(std::string("capturado"),
                                 estado({pedido(Orden::Cobro, kTotal), hecho(Hecho::Accion), order[0], order[1]}));
    }

    void testMoneyThatCannotBe()
    {
        const auto base = paid({pedido(Orden::Cobro, kTotal), hecho(Hecho::Capturado, kTotal, "1")});
        for (const auto& wrong : {hecho(Hecho::Capturado, 1, "2"), hecho(Hecho::Reembolsado, kTotal + 1, "2"),
                                  hecho(Hecho::Anulado, 1, "2"), hecho(Hecho::Autorizado, kTotal + 1, "2"),
                                  hecho(Hecho::Disputado, kTotal + 1, "2"), hecho(Hecho::Capturado, -1, "2"),
                                  hecho(Hecho::Reembolsado, 0, "2"),
                                  hecho(Hecho::Capturado, std::numeric_limits<std::int64_t>::max(), "2")})
        {
            auto pago = base;
            const auto done = pago.apply(wrong);
            CPPUNIT_ASSERT(!done.ok());
            CPPUNIT_ASSERT_EQUAL(std::string("pago-incoherente"), done.problem().slug);
            CPPUNIT_ASSERT(pago.importes() == base.importes());
            CPPUNIT_ASSERT(!pago.knows("2"));
        }
    }

    void testAnyOrderComesToTheSame()
    {
        std::vector<Suceso> told{hecho(Hecho::Accion, 0, "a"),        hecho(Hecho::Autorizado, kTotal, "b"),
                                 hecho(Hecho::Capturado, 3000, "c"),  hecho(Hecho::Anulado, 1999, "d"),
                                 hecho(Hecho::Reembolsado, 500, "e"), hecho(Hecho::Reembolsado, 700, "f"),
                                 hecho(Hecho::Disputado, 1800, "g")};
        std::sort(told.begin(), told.end(), [](auto& x, auto& y) { return x.efecto < y.efecto; });
        int tried = 0;
        do {
            Pago pago(kTotal);
            pago.apply(pedido(Orden::Cobro, kTotal)).value();
            for (const auto& s : told)
                for (int again = 0; again < 2; ++again) pago.apply(s).value();
            CPPUNIT_ASSERT((pago.importes() == Importes{kTotal, 3000, 1999, 1200, 1800}));
            CPPUNIT_ASSERT(pago.estado() == Estado::Capturado);
            ++tried;
        } while (std::next_permutation(told.begin(), told.end(), [](auto& x, auto& y) { return x.efecto < y.efecto; }));
        CPPUNIT_ASSERT_EQUAL(5040, tried);
    }

    void testRandomWalksKeepTheInvariants()
    {
        std::mt19937 random(20260101); // NOLINT: the same walks each time
        const auto below = [&](std::int64_t n)
        { return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random); };
        for (int walk = 0; walk < 2000; ++walk)
        {
            Pago pago(1 + below(300));
            Sucesos taken;
            std::int64_t captured = 0;
            for (int step = 0; step < 40; ++step)
            {
                const Suceso s{static_cast<Hecho>(1 + below(9)), static_cast<Orden>(1 + below(4)), below(320) - 10,
                               below(3) == 0 ? std::string() : std::to_string(below(60))};
                const auto before = pago.importes();
                const auto done = pago.apply(s);
                const auto now = pago.importes();
                if (!done.ok() || *done == Pago::Aplicado::Repetido) CPPUNIT_ASSERT(now == before);
                if (done.ok() && *done == Pago::Aplicado::Nuevo)
                {
                    taken.push_back(s);
                    if (s.hecho == Hecho::Capturado) captured += s.importe;
                }
                CPPUNIT_ASSERT(0 <= now.reembolsado && now.reembolsado <= now.capturado);
                CPPUNIT_ASSERT(0 <= now.disputado && now.disputado <= now.capturado);
                CPPUNIT_ASSERT(0 <= now.anulado && now.retenido() >= 0);
                CPPUNIT_ASSERT(now.autorizado <= pago.importe());
                CPPUNIT_ASSERT(captured <= now.capturado);
                CPPUNIT_ASSERT(pago.estado() != Estado::Reembolsado || now.capturado == now.reembolsado);
                CPPUNIT_ASSERT(!pago.pendiente() || pago.estado() == Estado::Desconocido);
            }
            Pago again(pago.importe());
            for (const auto& s : taken) again.apply(s).value();
            CPPUNIT_ASSERT(again.importes() == pago.importes() && again.estado() == pago.estado());
        }
    }

    /// As long as the service has told nothing of it, money may come.
    void testWhatWeGaveUpOurselves()
    {
        const auto cobro = pedido(Orden::Cobro, kTotal);
        const Suceso away{Hecho::Anulado, Orden::Anulacion, 0, "sustituido"};
        const auto accion = hecho(Hecho::Accion);
        CPPUNIT_ASSERT(paid({cobro, accion, away}).isSupuesto());
        CPPUNIT_ASSERT(paid({cobro, accion, hecho(Hecho::Rechazado)}).isSupuesto());
        CPPUNIT_ASSERT(!paid({cobro, accion}).isSupuesto());
        CPPUNIT_ASSERT(!paid({cobro, hecho(Hecho::Rechazado)}).isSupuesto()); // the buyer never got there
        CPPUNIT_ASSERT(!paid({cobro, accion, hecho(Hecho::Rechazado, 0, "r:no:0180")}).isSupuesto());
        CPPUNIT_ASSERT(!paid({cobro, accion, away, hecho(Hecho::Rechazado, 0, "r:no:0180")}).isSupuesto());
        CPPUNIT_ASSERT(!paid({cobro, accion, away, hecho(Hecho::Capturado, kTotal, "r:0:1")}).isSupuesto());
    }

    void testNames()
    {
        for (int i = 1; i <= 9; ++i) CPPUNIT_ASSERT(hechoNamed(nameOf(static_cast<Hecho>(i))) == static_cast<Hecho>(i));
        for (int i = 1; i <= 4; ++i) CPPUNIT_ASSERT(ordenNamed(nameOf(static_cast<Orden>(i))) == static_cast<Orden>(i));
        CPPUNIT_ASSERT(!hechoNamed("") && !ordenNamed("pago"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PagoTest);
