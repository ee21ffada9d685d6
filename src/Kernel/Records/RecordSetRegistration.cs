using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tessera.Kernel.Records;

/// <summary>Finds the nouns a module declares: a declaration that exists is a noun, and deleting its folder deletes it.</summary>
internal static class RecordSetRegistration
{
    public static void AddRecordSets(this IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(IRecordSet))))
        {
            services.AddSingleton(type);
            services.AddSingleton(provider => (IRecordSet)provider.GetRequiredService(type));
        }
    }

    public static void MapRecordSets(this RouteGroupBuilder module, Assembly assembly)
    {
        var all = ((IEndpointRouteBuilder)module).ServiceProvider.GetServices<IRecordSet>();
        foreach (var set in all.Where(set => set.GetType().Assembly == assembly).OrderBy(set => set.Noun, StringComparer.Ordinal))
        {
            set.Map(module);
        }
    }
}
