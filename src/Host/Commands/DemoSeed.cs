using Tessera.Kernel.Tenancy;

namespace Tessera.Host.Commands;

/// <summary>The demo tenants and their sign-ins, as the terminal shows them.</summary>
internal static class DemoSeed
{
    public const string Password = DemoTenants.Password;

    public const string EveryTenantEmail = DemoTenants.EveryTenantEmail;

    public static IEnumerable<DemoPerson> SignIns(IServiceProvider services) => services.GetServices<IDemoTenant>().SelectMany(demo => demo.People).Where(person => person.SignsIn);

    public static Task RunAsync(IServiceProvider services, CancellationToken cancel) => DemoTenants.SeedAsync(services, cancel);
}
