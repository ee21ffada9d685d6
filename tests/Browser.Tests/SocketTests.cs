using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Tessera.Browser.Tests;

/// <summary>What only a real server on a real socket does.</summary>
[Collection(ProductCollection.Name)]
public sealed class SocketTests(Product product)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_refused_with_a_problem(bool saysItsLength)
    {
        var desk = await product.FoundAsync();
        using var http = new HttpClient();
        using var content = new StringContent($$"""{"callerName":"{{new string('a', 5 * 1024 * 1024)}}"}""") { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, product.Address + "/api/v1/recruiting/calls") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", desk.Token);
        request.Headers.TransferEncodingChunked = !saysItsLength;
        request.Headers.ExpectContinue = true;

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("too_large", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }
}
