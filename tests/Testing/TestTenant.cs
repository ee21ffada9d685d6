namespace Tessera.Testing;

/// <summary>A signed-in person of a tenant.</summary>
public sealed class Person(HttpClient http, string email, string password) : Client(http)
{
    public string Email { get; } = email;

    public string Password { get; } = password;

    public Guid UserId { get; internal set; }

    public string FullName { get; internal set; } = "";

    /// <summary>The same person at the host that is there now, not signed in yet.</summary>
    public Person At(Api api) => new(api.NewHttpClient(), Email, Password) { UserId = UserId, FullName = FullName };
}

/// <summary>A tenant of a test, founded over HTTP like any other.</summary>
public sealed class TestTenant
{
    private readonly Api _api;

    internal TestTenant(Api api, Guid id, string slug, Person admin) => (_api, Id, Slug, Admin) = (api, id, slug, admin);

    public Guid Id { get; }

    public string Slug { get; }

    /// <summary>The clock of the host the tenant lives on.</summary>
    public TestClock Clock => _api.Clock;

    public Person Admin { get; }

    /// <summary>A new member, made by the administrator and signed in.</summary>
    /// <param name="role">Key of one of the tenant's roles, for example <c>agent</c>.</param>
    /// <param name="fullName">A made-up name by default.</param>
    public async Task<Person> AddAsync(string role, string? fullName = null)
    {
        var name = fullName ?? Api.NewName();
        var email = Api.NewEmail();
        var user = (await Admin.Post("users", new { fullName = name, email, role, password = Api.Password })).Must(201);
        var person = new Person(_api.NewHttpClient(), email, Api.Password) { UserId = user.Id, FullName = name };
        (await person.SignInAsync(email, Api.Password, Slug)).Must(200);
        return person;
    }
}
