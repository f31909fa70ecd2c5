// One program draws everything: rectangles with rounded corners, a fill, a texture over it and a border inside its edge.
// Distances to rounded rectangles after Inigo Quilez, https://iquilezles.org/articles/distfunctions2d/ (MIT).

export const quadVertexShader = `#version 300 es
uniform vec2 view;
layout(location = 0) in vec4 box;
layout(location = 1) in vec4 crop;
layout(location = 2) in vec4 fill;
layout(location = 3) in vec4 border;
layout(location = 4) in vec4 shape; // radius, border width, what the texture is: 0 none, 1 picture, 2 glyphs; greyness
layout(location = 5) in vec4 look;  // opacity, brightness, opacity of the texture
out vec2 fromCentre;
out vec2 inTexture;
flat out vec2 half_;
flat out vec4 fill_;
flat out vec4 border_;
flat out vec4 shape_;
flat out vec4 look_;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 position = box.xy + corner * box.zw;
  fromCentre = (corner - 0.5) * box.zw;
  inTexture = mix(crop.xy, crop.zw, corner);
  half_ = box.zw * 0.5;
  fill_ = fill;
  border_ = border;
  shape_ = shape;
  look_ = look;
  gl_Position = vec4(position / view * 2.0 - 1.0, 0.0, 1.0);
  gl_Position.y = -gl_Position.y;
}
`

export const quadFragmentShader = `#version 300 es
precision highp float;
uniform sampler2D image;
uniform float scale;
in vec2 fromCentre;
in vec2 inTexture;
flat in vec2 half_;
flat in vec4 fill_;
flat in vec4 border_;
flat in vec4 shape_;
flat in vec4 look_;
out vec4 colour;

void main() {
  float radius = min(shape_.x, min(half_.x, half_.y));
  vec2 corner = abs(fromCentre) - half_ + radius;
  float distance = length(max(corner, 0.0)) + min(max(corner.x, corner.y), 0.0) - radius;
  float inside = radius > 0.0 ? clamp(0.5 - distance * scale, 0.0, 1.0) : 1.0;

  vec4 inner = vec4(fill_.rgb * fill_.a, fill_.a);
  if (shape_.z > 0.5) {
    vec4 texel = texture(image, inTexture);
    if (shape_.z < 1.5) {
      float grey = dot(texel.rgb, vec3(0.2126, 0.7152, 0.0722));
      texel.rgb = mix(texel.rgb, vec3(grey), shape_.w) * look_.y;
    }
    texel *= look_.z;
    inner = texel + inner * (1.0 - texel.a);
  }
  if (shape_.y > 0.0) {
    float within = clamp(0.5 - (distance + shape_.y) * scale, 0.0, 1.0);
    vec4 edge = vec4(border_.rgb * border_.a, border_.a);
    inner = mix(edge + inner * (1.0 - edge.a), inner, within);
  }
  colour = inner * inside * look_.x;
}
`

/** Attributes of a quad, at the locations from 0 on, four numbers each. */
export const attributesOfQuad = 6
export const numbersOfQuad = attributesOfQuad * 4
