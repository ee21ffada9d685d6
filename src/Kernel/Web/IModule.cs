using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Notifications;

namespace Tessera.Kernel.Web;

/// <summary>
/// A module's two doors, and what it declares: everything else in its assembly is internal. A tenant switches modules on by <see cref="Key"/>.
/// </summary>
public interface IModule
{
    /// <summary>Also the database schema and the route prefix: <c>/api/v1/{Key}</c>.</summary>
    string Key { get; }

    string Name { get; }

    /// <summary>One sentence for the person who chooses modules.</summary>
    string Description { get; }

    /// <summary>The screens of the module; permissions are given by page.</summary>
    IReadOnlyList<Page> Pages { get; }

    /// <summary>Role templates with their default level for each page.</summary>
    IReadOnlyList<Role> Roles { get; }

    /// <summary>What the module tells people, so that they can choose.</summary>
    IReadOnlyList<NotificationKind> NotificationKinds => [];

    /// <summary>Services beside the declared nouns, which are found by themselves.</summary>
    void AddServices(IServiceCollection services);

    /// <summary>Endpoints beside those of the declared nouns.</summary>
    /// <param name="module">The group <c>/api/v1/{Key}</c>.</param>
    void MapEndpoints(RouteGroupBuilder module);
}
