using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>Who may know whom, read from the compiled assemblies.</summary>
public sealed class ReferenceTests(Api api) : IClassFixture<Api>
{
    private static readonly Assembly KernelAssembly = typeof(PlatformDb).Assembly;

    /// <summary>Own assemblies a module may use beside the kernel: the solver, which knows none of us.</summary>
    private static readonly string[] Libraries = ["Tessera.Timetabling"];

    private static IReadOnlyList<Assembly> ModuleAssemblies => [.. Modules.All.Select(m => m.GetType().Assembly)];

    [Fact]
    public void Modules_know_the_kernel_and_no_other_module()
    {
        Assert.NotEmpty(ModuleAssemblies);
        Assert.All(ModuleAssemblies, module => Assert.Empty(ForeignReferences(module, [KernelAssembly.GetName().Name!, .. Libraries])));
    }

    [Fact]
    public void The_kernel_knows_nothing_of_ours() => Assert.Empty(ForeignReferences(KernelAssembly, []));

    [Fact]
    public void A_forbidden_reference_is_found_out() =>
        Assert.Contains("Tessera.Recruiting", ForeignReferences(typeof(HostSettings).Assembly, [KernelAssembly.GetName().Name!]));

    [Fact]
    public void A_module_shows_its_door_and_its_contracts_only()
    {
        var contracts = Contracts();
        Assert.All(ModuleAssemblies, module => Assert.Empty(Exposed(module, contracts)));
    }

    [Fact]
    public void A_public_type_that_is_no_contract_is_found_out() =>
        Assert.Contains(typeof(NobodysContract).FullName, Exposed(typeof(NobodysContract).Assembly, Contracts()));

    private static IReadOnlyList<string> ForeignReferences(Assembly assembly, IReadOnlyCollection<string> allowed) =>
        [.. assembly.GetReferencedAssemblies().Select(r => r.Name!).Where(name => name.StartsWith("Tessera.", StringComparison.Ordinal) && !allowed.Contains(name))];

    private static IReadOnlyList<string> Exposed(Assembly assembly, HashSet<Type> contracts) =>
        [.. assembly.GetExportedTypes().Where(type => !type.IsAssignableTo(typeof(IModule)) && !contracts.Contains(type)).Select(type => type.FullName!)];

    /// <summary>Types of bodies and answers: whatever the handlers' signatures lead to.</summary>
    private HashSet<Type> Contracts()
    {
        var found = new HashSet<Type>();
        foreach (var handler in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(e => e.Metadata.GetMetadata<MethodInfo>()).OfType<MethodInfo>())
        {
            Follow(handler.ReturnType, found);
            Array.ForEach(handler.GetParameters(), parameter => Follow(parameter.ParameterType, found));
        }

        foreach (var noun in api.Services.GetServices<IRecordSet>())
        {
            Follow(noun.InputType, found);
            Follow(noun.RowType, found);
        }

        foreach (var settings in api.Services.GetServices<SettingsSection>())
        {
            Follow(settings.Type, found);
        }

        return found;
    }

    private static void Follow(Type type, HashSet<Type> found)
    {
        foreach (var part in type.GetGenericArguments())
        {
            Follow(part, found);
        }

        var isOurs = type.Assembly.GetName().Name!.StartsWith("Tessera.", StringComparison.Ordinal);
        if (!isOurs || !found.Add(type))
        {
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Follow(property.PropertyType, found);
        }
    }

#pragma warning disable CA1034 // It has to be a public type to be found out.
    public sealed class NobodysContract;
#pragma warning restore CA1034
}
