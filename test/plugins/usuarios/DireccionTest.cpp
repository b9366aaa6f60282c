#include "model/Direccion.h"
#include "model/Rol.h"

#include <cppunit/extensions/HelperMacros.h>

#include <utility>

using namespace usuarios;

class DireccionTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(DireccionTest);
    CPPUNIT_TEST(testProvincesByAnyOfTheirNames);
    CPPUNIT_TEST(testPostCodesBelongToTheirProvince);
    CPPUNIT_TEST(testPostCodesAbroad);
    CPPUNIT_TEST(testCountries);
    CPPUNIT_TEST(testRoles);
    CPPUNIT_TEST_SUITE_END();

    void testProvincesByAnyOfTheirNames()
    {
        for (const auto& [name, code] : {std::pair{"Madrid", "28"},
                                         {"MADRID", "28"},
                                         {" madrid ", "28"},
                                         {"Álava", "01"},
                                         {"Araba/Álava", "01"},
                                         {"Araba", "01"},
                                         {"A Coruña", "15"},
                                         {"La Coruña", "15"},
                                         {"Girona", "17"},
                                         {"Gipuzkoa", "20"},
                                         {"Illes Balears", "07"},
                                         {"Santa Cruz de Tenerife", "38"},
                                         {"Melilla", "52"},
                                         {"València", "46"},
                                         {"Bizkaia", "48"},
                                         {"Ciudad  Real", "13"}})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string(code), std::string(provinceCode(name)));
        for (const auto* name : {"", "España", "Madri", "Lisboa", "albacete/alicante"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string(), std::string(provinceCode(name)));
    }

    void testPostCodesBelongToTheirProvince()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOfCp("28013", "ES", "Madrid"));
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOfCp("01001", "ES", "Araba"));
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOfCp("52006", "ES", "Melilla"));
        for (const auto& [cp, province] : {std::pair{"08001", "Madrid"},
                                           {"28013", "Barcelona"},
                                           {"2801", "Madrid"},
                                           {"280133", "Madrid"},
                                           {"2801a", "Madrid"},
                                           {"00123", ""},
                                           {"53001", ""},
                                           {"", "Madrid"},
                                           {"\xD9\xA2\xD9\xA8", "Madrid"}})
            CPPUNIT_ASSERT_MESSAGE(cp, !faultOfCp(cp, "ES", province).empty());
    }

    void testPostCodesAbroad()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOfCp("1000-205", "PT", ""));
        CPPUNIT_ASSERT_EQUAL(std::string(), faultOfCp("SW1A 1AA", "GB", ""));
        for (const auto* cp : {"", "<script>", "1234567890123", "12\n34"})
            CPPUNIT_ASSERT_MESSAGE(cp, !faultOfCp(cp, "FR", "").empty());
    }

    void testCountries()
    {
        for (const auto* code : {"ES", "AD", "ZW", "PT"}) CPPUNIT_ASSERT_MESSAGE(code, isPais(code));
        for (const auto* code : {"", "E", "es", "ESP", "XX", "D ", " A", "S E", "UK", "DA"})
            CPPUNIT_ASSERT_MESSAGE(code, !isPais(code));
    }

    void testRoles()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("cliente"), joinedRoles(""));
        CPPUNIT_ASSERT_EQUAL(std::string("operador catalogo cliente"), joinedRoles("catalogo operador catalogo"));
        CPPUNIT_ASSERT(hasRol("operador cliente", "cliente"));
        CPPUNIT_ASSERT(!hasRol("operadora", "operador"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DireccionTest);
